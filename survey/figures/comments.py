"""Comments with their sentiment, newest first, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_

from survey.access import limited
from survey.extensions import db
from survey.figures import comment_search, comment_topics
from survey.figures.comment_filters import Wanted, conditions
from survey.figures.filters import Filters
from survey.models import Comment, CommentTopic, Response, Unit, User

MOST_COUNTED = 1_000
_SHOWN = [column for column in Comment.__table__.columns if column.name != "words"]
_KEY = ("submitted_on", "response_id", "question_code")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: `str` of it goes into an address, `cursor` reads it back. An address tells no day."""

    submitted_on: date
    response_id: uuid.UUID
    question_code: str
    place: int

    def __str__(self) -> str:
        return f"{self.response_id.hex}~{self.question_code}"


@dataclass(frozen=True, slots=True)
class Listed:
    comment: Any  # the columns of Comment
    answers: Any  # of the same response
    flags: Any

    @property
    def key(self) -> tuple[uuid.UUID, str]:
        return self.comment.response_id, self.comment.question_code

    @property
    def cursor(self) -> Cursor:
        return Cursor(*(getattr(self.comment, name) for name in Cursor.__slots__))


@dataclass(frozen=True, slots=True)
class Page:
    """`count` is how many there are in all, where that is cheap to know; `more` that there are more than that."""

    comments: list[Listed]
    newer: Cursor | None
    older: Cursor | None
    count: int | None = None
    more: bool = False


def cursor(text: str) -> Cursor | None:
    """None for anything that `str` of a Cursor did not make."""
    try:
        response, code = text.split("~")
        key = uuid.UUID(hex=response), code
    except ValueError:
        return None
    found = select(Comment.submitted_on, Comment.place).where(
        Comment.response_id == key[0], Comment.question_code == code
    )
    row = db.session.execute(found).one_or_none()
    return Cursor(row.submitted_on, *key, row.place) if row else None


def page(
    person: User | None,
    filters: Filters,
    wanted: Wanted,
    *,
    without: Iterable[int],
    older_than: Cursor | None = None,
    newer_than: Cursor | None = None,
    size: int = 25,
) -> Page:
    """`without` are the units whose comments are hidden."""
    up = newer_than is not None and older_than is None
    start = newer_than if up else older_than
    listing = _listed(person, filters, wanted, without)
    rows = db.session.execute(_after(listing, start, up, wanted).limit(size + 1)).all()
    found = [_as_listed(row) for row in rows[:size]]
    more = len(rows) > size
    if up:
        found.reverse()
    first, last = (found[0].cursor, found[-1].cursor) if found else (None, None)
    newer, older = first if (more if up else start) else None, last if (up or more) else None
    if not (newer or older):
        return Page(found, None, None, len(found))
    return Page(found, newer, older, *_count(listing.statement, wanted))


@dataclass(frozen=True, slots=True)
class _Listing:
    """`table` is the one whose index the list is read along."""

    statement: Select[Any]
    table: Any


def _after(listing: _Listing, start: Cursor | None, up: bool, wanted: Wanted) -> Select[Any]:
    """From a place on. Full-text search on SQLite hands its hits out by place; else the index has the key."""
    statement = listing.statement
    if comment_search.by_place(wanted.terms):
        at = comment_search.PLACE
        if start is not None:
            statement = statement.where(at > start.place if up else at < start.place)
        return statement.order_by(at.asc() if up else at.desc())
    key = tuple_(*(getattr(listing.table, name) for name in _KEY))
    if start is not None:
        mark = tuple_(start.submitted_on, start.response_id, start.question_code)
        statement = statement.where(key > mark if up else key < mark)
    return statement.order_by(*(column.asc() if up else column.desc() for column in key.clauses))


def _count(statement: Select[Any], wanted: Wanted) -> tuple[int | None, bool]:
    """Of what is searched; whoever only reads on is not kept waiting for it."""
    if not wanted.terms:
        return None, False
    hits = statement.with_only_columns(Comment.place).limit(MOST_COUNTED + 1).subquery()
    count = db.session.scalar(select(func.count()).select_from(hits)) or 0
    return min(count, MOST_COUNTED), count > MOST_COUNTED


def every(
    person: User | None, filters: Filters, wanted: Wanted, *, without: Iterable[int]
) -> Iterator[Listed]:
    """All of them, newest first, read as they are asked for."""
    statement = _after(_listed(person, filters, wanted, without), None, False, wanted)
    for row in db.session.execute(statement.execution_options(yield_per=500)):
        yield _as_listed(row)


def one(person: User, response_id: uuid.UUID, code: str) -> Listed | None:
    """A comment where it is this person's to see."""
    statement = (
        select(*_SHOWN, Response.answers, Response.flags)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.response_id == response_id, Comment.question_code == code, Comment.text != "")
    )
    row = db.session.execute(limited(statement, Comment.unit_id, person)).one_or_none()
    return _as_listed(row) if row else None


def _listed(person: User | None, filters: Filters, wanted: Wanted, without: Iterable[int]) -> _Listing:
    units = _units(person, filters)
    shown: Select[Any] = select(*_SHOWN, Response.answers, Response.flags)
    table: Any = CommentTopic if comment_topics.leads(wanted, units) else Comment
    if table is CommentTopic and wanted.about:
        shown = comment_topics.along(shown.select_from(CommentTopic), filters, wanted.about)
    else:
        shown = shown.where(
            Comment.questionnaire_id == filters.questionnaire_id,
            Comment.submitted_on.between(filters.first_on, filters.last_on),
            *comment_topics.conditions(wanted.about),
        )
    statement = shown.join(Response, Response.id == Comment.response_id).where(
        Comment.text != "",  # retention takes the text and leaves its sentiment
        *_where(filters, without, table),
        *_of_units(units, table),
        *conditions(wanted),
    )
    return _Listing(comment_search.searched(statement, wanted.terms, units or ()), table)


def within(person: User | None, filters: Filters, without: Iterable[int]) -> Iterable[ColumnElement[bool]]:
    """What limits comments to the places of the filters; the days and the questionnaire are the caller's."""
    yield from _where(filters, without)
    yield from _of_units(_units(person, filters))


def _of_units(units: list[int] | None, table: Any = Comment) -> Iterable[ColumnElement[bool]]:
    if units is not None:
        yield table.unit_id == units[0] if len(units) == 1 else table.unit_id.in_(units)


def _units(person: User | None, filters: Filters) -> list[int] | None:
    """Given by number: so the database reads the comments of a single unit along their index. None: of any."""
    statement = select(Unit.id).where(Unit.path.startswith(filters.unit_path, autoescape=True))
    limits = limited(statement, Unit.id, person) if person else statement
    if filters.unit_path or limits is not statement:
        return list(db.session.scalars(limits))
    return None


def _where(filters: Filters, without: Iterable[int], table: Any = Comment) -> Iterable[ColumnElement[bool]]:
    if filters.service_type_ids:
        yield Comment.service_type_id.in_(sorted(filters.service_type_ids))
    if filters.channel:
        yield Comment.channel == filters.channel
    if filters.locale:
        yield Comment.locale == filters.locale
    hidden = sorted(without)
    if hidden:
        yield table.unit_id.not_in(hidden)


def _as_listed(row: Row[Any]) -> Listed:
    return Listed(row, row.answers, row.flags or [])
