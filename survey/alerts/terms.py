"""What a rule asks for: its conditions, and how many responses that fulfil them make one alert."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from pydantic import Field

from survey.alerts.parts import AnyPart, Part, Reason
from survey.alerts.said import Judged
from survey.questions.base import Strict
from survey.questions.definition import Definition

MOST_PARTS = 12
MOST_DAYS = 92


class Terms(Strict):
    match: Literal["all", "any"] = "all"
    parts: Annotated[tuple[AnyPart, ...], Field(min_length=1, max_length=MOST_PARTS, strict=False)]
    at_least: Annotated[int, Field(ge=1, le=1000)] = 1  # responses of one unit that make an alert
    within_days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 1

    @property
    def burst(self) -> bool:
        return self.at_least > 1

    def judge(self, given: Judged) -> tuple[Reason, ...] | None:
        """Why a response fulfils them; None where it does not."""
        found: list[Reason] = []
        for part in self.parts:
            reason = part.judge(given)
            if reason is not None:
                found.append(reason)
            elif self.match == "all":
                return None
        return tuple(found) or None

    def fits(self, definition: Definition) -> bool:
        """Whether answers to this questionnaire can ever fulfil them."""
        return _joined(self.match)(part.fits(definition) for part in self.parts)

    def implies(self, other: Terms, definition: Definition | None = None) -> bool:
        """Whether every response that fulfils these surely fulfils the others; how many are needed is left out."""

        def follows(given: Iterable[Part]) -> bool:
            """Given that all of these hold."""
            known = list(given)
            return _joined(other.match)(
                any(part.implies(wanted, definition) for part in known) for wanted in other.parts
            )

        if self.match == "all":
            return follows(self.parts)
        return all(follows([part]) for part in self.parts)


def _joined(match: str) -> Callable[[Iterable[bool]], bool]:
    return all if match == "all" else any
