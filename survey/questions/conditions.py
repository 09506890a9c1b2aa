"""Show-if: whether a question is asked, decided by earlier answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

Operator = Literal["is", "is_not", "at_most", "at_least", "answered"]


class Condition(BaseModel):
    """Either a test of one earlier answer, or `all` / `any` of several conditions.

    A question that was not answered, or not applicable, fulfils only `is_not`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str | None = None
    op: Operator = "is"
    value: int | float | str | list[int | str] | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        if sum([self.question is not None, bool(self.all), bool(self.any)]) != 1:
            raise ValueError("condition_form")
        if self.question and self.op in ("at_most", "at_least") and not isinstance(self.value, int | float):
            raise ValueError("condition_number")
        return self

    def holds(self, answers: Mapping[str, Any]) -> bool:
        if self.all:
            return all(condition.holds(answers) for condition in self.all)
        if self.any:
            return any(condition.holds(answers) for condition in self.any)
        return self._test(answers.get(self.question or ""))

    def _test(self, answer: Any) -> bool:
        wanted = self.value if isinstance(self.value, list) else [self.value]
        given = answer if isinstance(answer, list) else [answer]
        if self.op == "is":
            return any(item in wanted for item in given if item is not None)
        if self.op == "is_not":
            return not any(item in wanted for item in given if item is not None)
        if self.op == "answered":
            return answer is not None
        if not isinstance(answer, int | float) or not isinstance(self.value, int | float):
            return False
        return answer <= self.value if self.op == "at_most" else answer >= self.value

    def questions(self) -> Iterator[str]:
        """The codes of the questions that it looks at."""
        if self.question:
            yield self.question
        for condition in (*self.all, *self.any):
            yield from condition.questions()
