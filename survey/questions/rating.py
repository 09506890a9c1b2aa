"""A rating on any scale of labelled points, the three-level one included."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from survey.questions.base import Strict
from survey.questions.scored import Scored
from survey.questions.texts import Text


class Point(Strict):
    value: Annotated[int, Field(ge=-100, le=1000)]
    label: Text | None = None


class Rating(Scored):
    type: Literal["rating"] = "rating"
    scale_points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=11, alias="points")]

    @model_validator(mode="after")
    def _distinct(self) -> Rating:
        values = [point.value for point in self.scale_points]
        if len(set(values)) != len(values):
            raise ValueError("values_repeat")
        return self

    def points(self) -> dict[int, Text | None]:
        return {point.value: point.label for point in sorted(self.scale_points, key=lambda p: p.value)}
