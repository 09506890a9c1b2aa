"""What the types with one number out of a fixed scale have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from analysis.statistics.metrics import METRICS
from analysis.types import Scale
from survey.questions.base import Answer, AnswerError, Code, Question, Strict
from survey.questions.problems import Problems, problem, refuse_repeats
from survey.questions.texts import Text

MetricName = Literal["csat", "nps", "ces", "mean", "mean_100"]


class Scored(Question):
    """One whole number of `points()`; a higher number is better unless `best_is_low()`."""

    metric: MetricName | None = None
    satisfied_from: int | None = None  # the first value that counts as satisfied, seen from the worst one
    expectation_of: Code | None = None  # the question whose answer is expected here, on the same scale
    kind: ClassVar[str] = "scored"
    pair: ClassVar[str] = "expectation_of"
    numeric: ClassVar[bool] = True
    usual_metric: ClassVar[str] = "csat"

    @model_validator(mode="after")
    def _metric_fits(self) -> Self:
        values = self.points()
        if self.satisfied_from is not None and self.satisfied_from not in values:
            raise Problems(problem("not_on_scale", "satisfied_from", value=self.satisfied_from))
        if not METRICS[self.metric_name()].applies(self.scale()):
            raise Problems(problem("metric_unfit", "metric", metric=self.metric_name()))
        return self

    def points(self) -> dict[int, Text | None]:
        """Value -> label, lowest first."""
        raise NotImplementedError

    def best_is_low(self) -> bool:
        return False

    def pairs_with(self, other: Question) -> bool:
        return isinstance(other, Scored) and self.scale_values() == other.scale_values()

    def scale_values(self) -> tuple[list[int], bool]:
        """The points and their direction, whatever the words."""
        return sorted(self.points()), self.best_is_low()

    def parse(self, values: Sequence[str]) -> Any:
        text = super().parse(values)
        digits = text[1:] if text.startswith("-") else text
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
            raise AnswerError(self.UNKNOWN)
        return int(text)

    def check(self, answer: Any) -> Answer:
        if isinstance(answer, bool) or not isinstance(answer, int) or answer not in self.points():
            raise AnswerError(self.UNKNOWN)
        return answer

    def satisfied(self) -> frozenset[str]:
        """By default the best two values, the best one on scales of three or fewer."""
        best_first = sorted(self.points(), reverse=not self.best_is_low())
        usual = best_first[0 if len(best_first) <= 3 else 1]
        first = usual if self.satisfied_from is None else self.satisfied_from
        return frozenset(str(value) for value in best_first[: best_first.index(first) + 1])

    def scale(self) -> Scale:
        values = {str(value): float(value) for value in sorted(self.points())}
        return Scale(values, self.satisfied(), self.best_is_low())

    def metric_name(self) -> str:
        return self.metric or self.usual_metric

    def scale_key(self, base: str | None) -> Any:
        return [[value, label and label.base_text(base)] for value, label in self.points().items()]

    def value_labels(self) -> dict[str, Text]:
        return {str(value): label or Text({"en": str(value)}) for value, label in self.points().items()}


class Point(Strict):
    value: Annotated[int, Field(ge=-100, le=1000)]
    label: Text | None = None


class Pointed(Scored):
    """A scale whose points are written in the definition."""

    scale_points: Annotated[
        tuple[Point, ...], Field(min_length=2, max_length=11, alias="points", strict=False)
    ]
    reverse: bool = False  # the lowest value is the best

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        refuse_repeats([str(point.value) for point in self.scale_points], field="points", key="value")
        return self

    def points(self) -> dict[int, Text | None]:
        return {point.value: point.label for point in sorted(self.scale_points, key=lambda p: p.value)}

    def best_is_low(self) -> bool:
        return self.reverse
