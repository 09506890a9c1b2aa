"""Which comments, beside the filters of all figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, or_

from analysis.searching import Term
from survey.models import Comment, Response

NO_TOPIC = "-"


@dataclass(frozen=True, slots=True)
class Rated:
    """Answers to one question; `row` is that of a matrix."""

    code: str
    row: str
    values: tuple[str, ...]

    @property
    def condition(self) -> ColumnElement[bool]:
        answer = Response.answers[self.code]
        return cast((answer[self.row] if self.row else answer).as_string(), String).in_(self.values)


@dataclass(frozen=True, slots=True)
class Disagreeing:
    """A high answer with a negative comment, a low one with a positive comment; either may be left out."""

    high: Rated | None
    low: Rated | None

    @property
    def condition(self) -> ColumnElement[bool]:
        kinds = ((self.high, "negative"), (self.low, "positive"))
        return or_(
            Comment.label.is_(None),  # never: an empty `or_` would be any
            *(and_(Comment.label == label, rated.condition) for rated, label in kinds if rated),
        )


@dataclass(frozen=True, slots=True)
class About:
    """Comments that mention a topic, and what is felt about it: not always what is felt in the whole comment."""

    topic: str  # NO_TOPIC: none is found in what they say
    label: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty means any."""

    label: str = ""
    question_code: str = ""
    purpose: str = ""
    terms: tuple[Term, ...] = ()  # all of them
    flag: str = ""
    written_in: str = ""  # the language of the text: en, zh, mixed, und
    rated: Rated | None = None
    disagreeing: Disagreeing | None = None
    about: About | None = None


def conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    """All but the words that are searched and the topic."""
    if wanted.label:
        yield Comment.label == wanted.label
    if wanted.question_code:
        yield Comment.question_code == wanted.question_code
    if wanted.purpose:
        yield Comment.purpose == wanted.purpose
    if wanted.flag:
        yield cast(Response.flags, String).contains(f'"{wanted.flag}"', autoescape=True)
    if wanted.written_in:
        yield Comment.language == wanted.written_in
    if wanted.rated:
        yield wanted.rated.condition
    if wanted.disagreeing:
        yield wanted.disagreeing.condition
