"""Somebody who would not recommend: 0 to 6 where 10 is the best."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, false, or_

from analysis.statistics.metrics import METRICS
from survey.alerts.parts.base import Part, Reason
from survey.alerts.parts.rating import answered
from survey.alerts.said import Judged
from survey.questions.definition import Definition

_METRIC = "nps"


class Detractor(Part):
    kind: Literal["detractor"] = "detractor"

    def judge(self, given: Judged) -> Reason | None:
        for code, values in detracting(given.definition):
            if given.scores.get(code) in values:
                return {"kind": self.kind, "question": code, "value": given.scores[code]}
        return None

    def fits(self, definition: Definition) -> bool:
        return any(detracting(definition))

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        return or_(false(), *(answered(code, values) for code, values in detracting(definition)))

    def words(self, definition: Definition | None, locale: str) -> str:
        return _("would not recommend (0 to 6 of 10)")


def detracting(definition: Definition) -> Iterator[tuple[str, frozenset[str]]]:
    """The lines of figures that ask for recommendation, and the values below the middle."""
    for code, track in definition.tracks.items():
        if track.metric == _METRIC and track.scale and track.single:
            numbers = METRICS[_METRIC].numbers(track.scale)
            yield code, frozenset(value for value, number in numbers.items() if number < 0)
