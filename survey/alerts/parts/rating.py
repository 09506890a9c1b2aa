"""A rating at or below a value; on a scale whose lowest value is the best, at or above it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask_babel import gettext as _
from pydantic import Field
from sqlalchemy import ColumnElement, String, cast, false

from survey.alerts.parts.base import Part, Reason
from survey.alerts.said import Judged
from survey.models import Response
from survey.questions.base import Track
from survey.questions.definition import Definition


class Rating(Part):
    kind: Literal["rating"] = "rating"
    question: Annotated[str, Field(max_length=96)]  # the code of a line of figures: "staff", "rooms.quiet"
    worst: Annotated[int, Field(ge=-100, le=1000)]  # this value or a worse one

    def judge(self, given: Judged) -> Reason | None:
        track, value = given.definition.tracks.get(self.question), given.scores.get(self.question)
        if track is None or value is None or value not in self.bad(track):
            return None
        return {"kind": self.kind, "question": self.question, "value": value}

    def implies(self, other: Part, definition: Definition | None = None) -> bool:
        if not isinstance(other, Rating) or other.question != self.question:
            return False
        track = definition.tracks.get(self.question) if definition else None
        return self == other or (track is not None and self.bad(track) <= other.bad(track))

    def fits(self, definition: Definition) -> bool:
        track = definition.tracks.get(self.question)
        return track is not None and bool(self.bad(track))

    def bad(self, track: Track) -> frozenset[str]:
        if track.scale is None or not track.single:
            return frozenset()
        sign = -1 if track.scale.reverse else 1
        return frozenset(v for v, number in track.scale.values.items() if sign * number <= sign * self.worst)

    def stored(self, definition: Definition) -> ColumnElement[bool]:
        track = definition.tracks.get(self.question)
        return answered(self.question, self.bad(track)) if track else false()

    def words(self, definition: Definition | None, locale: str) -> str:
        track = definition.tracks.get(self.question) if definition else None
        if track is None:
            return _("“%(question)s” rated %(value)s or worse", question=self.question, value=self.worst)
        label = track.labels.get(str(self.worst))
        value = label.say(locale) if label else str(self.worst)
        return _("“%(question)s” rated %(value)s or worse", question=asked(track, locale), value=value)


def asked(track: Track, locale: str) -> str:
    return track.wording.say(locale, unit="…", service_type="…")


def answered(code: str, values: frozenset[str]) -> ColumnElement[bool]:
    """That one of the values stands in the stored answers, under a question or a row of it."""
    question, _dot, row = code.partition(".")
    column: Any = Response.answers[(question, row)] if row else Response.answers[question]
    return cast(column.as_string(), String).in_(sorted(values))
