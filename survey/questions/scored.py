"""What the types with one number out of a fixed scale have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from analysis.types import Scale
from survey.questions.base import Answer, AnswerError, Question
from survey.questions.texts import Text


class Scored(Question):
    """One whole number of `points()`; a higher number is better unless `reverse`."""

    metric: str | None = None
    satisfied_from: int | None = None  # the lowest value that counts as satisfied
    kind: ClassVar[str] = "scored"
    usual_metric: ClassVar[str] = "csat"

    def points(self) -> dict[int, Text | None]:
        """Value -> label, lowest first."""
        raise NotImplementedError

    def parse(self, values: Sequence[str]) -> Any:
        text = super().parse(values)
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise AnswerError(self.UNKNOWN)
        return int(text)

    def check(self, answer: Any) -> Answer:
        if isinstance(answer, bool) or not isinstance(answer, int) or answer not in self.points():
            raise AnswerError(self.UNKNOWN)
        return answer

    def satisfied(self) -> frozenset[str]:
        """By default the top two values, the top one on scales of three or fewer."""
        values = sorted(self.points())
        usual = values[-1] if len(values) <= 3 else values[-2]
        threshold = usual if self.satisfied_from is None else self.satisfied_from
        return frozenset(str(value) for value in values if value >= threshold)

    def scale(self) -> Scale:
        return Scale({str(value): float(value) for value in sorted(self.points())}, self.satisfied())

    def metric_name(self) -> str:
        return self.metric or self.usual_metric

    def scale_key(self) -> Any:
        return sorted(self.points())

    def value_labels(self) -> dict[str, Text]:
        return {
            str(value): label or Text({"en": str(value)}) for value, label in sorted(self.points().items())
        }
