"""Comments with their sentiment, newest first, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, or_, select, tuple_

from survey.access import limited
from survey.extensions import db
from survey.figures.filters import Filters
from survey.models import Comment, Response, Unit, User


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments, beside the filters of all figures; empty means any."""

    label: str = ""
    question_code: str = ""
    purpose: str = ""
    texts: tuple[str, ...] = ()  # any of these spellings
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: `str` of it goes into an address, `cursor` reads it back. An address tells no day."""

    submitted_on: date
    response_id: uuid.UUID
    question_code: str

    def __str__(self) -> str:
        return f"{self.response_id.hex}~{self.question_code}"


@dataclass(frozen=True, slots=True)
class Listed:
    comment: Any  # the columns of Comment
    answers: Any  # of the same response
    flags: Any

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.comment.submitted_on, self.comment.response_id, self.comment.question_code)


@dataclass(frozen=True, slots=True)
class Page:
    comments: list[Listed]
    newer: Cursor | None
    older: Cursor | None


def cursor(text: str) -> Cursor | None:
    """None for anything that `str` of a Cursor did not make."""
    try:
        response, code = text.split("~")
        key = uuid.UUID(hex=response), code
    except ValueError:
        return None
    found = select(Comment.submitted_on).where(Comment.response_id == key[0], Comment.question_code == code)
    day = db.session.scalar(found)
    return Cursor(day, *key) if day else None


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
    key = tuple_(Comment.submitted_on, Comment.response_id, Comment.question_code)
    up = newer_than is not None and older_than is None
    statement = _listed(person, filters, wanted, without)
    start = newer_than if up else older_than
    if start is not None:
        mark = tuple_(start.submitted_on, start.response_id, start.question_code)
        statement = statement.where(key > mark if up else key < mark)
    order = [column.asc() if up else column.desc() for column in key.clauses]
    rows = db.session.execute(statement.order_by(*order).limit(size + 1)).all()
    found = [_as_listed(row) for row in rows[:size]]
    more = len(rows) > size
    if up:
        found.reverse()
    first, last = (found[0].cursor, found[-1].cursor) if found else (None, None)
    return Page(found, first if (more if up else start) else None, last if (up or more) else None)


def _listed(person: User | None, filters: Filters, wanted: Wanted, without: Iterable[int]) -> Select[Any]:
    return (
        select(*Comment.__table__.columns, Response.answers, Response.flags)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.questionnaire_id == filters.questionnaire_id,
            Comment.submitted_on.between(filters.first_on, filters.last_on),
            Comment.text != "",  # retention takes the text and leaves its sentiment
            *_units(person, filters),
            *_where(filters, without),
            *_wanted(wanted),
        )
    )


def _units(person: User | None, filters: Filters) -> Iterable[ColumnElement[bool]]:
    """Given by number: so the database reads the comments of a single unit along their index."""
    statement = select(Unit.id).where(Unit.path.startswith(filters.unit_path, autoescape=True))
    limits = limited(statement, Unit.id, person) if person else statement
    if filters.unit_path or limits is not statement:
        found = db.session.scalars(limits).all()
        yield Comment.unit_id == found[0] if len(found) == 1 else Comment.unit_id.in_(found)


def _where(filters: Filters, without: Iterable[int]) -> Iterable[ColumnElement[bool]]:
    if filters.service_type_ids:
        yield Comment.service_type_id.in_(sorted(filters.service_type_ids))
    if filters.channel:
        yield Comment.channel == filters.channel
    if filters.locale:
        yield Comment.locale == filters.locale
    hidden = sorted(without)
    if hidden:
        yield Comment.unit_id.not_in(hidden)


def _wanted(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.label:
        yield Comment.label == wanted.label
    if wanted.question_code:
        yield Comment.question_code == wanted.question_code
    if wanted.purpose:
        yield Comment.purpose == wanted.purpose
    if wanted.texts:
        yield or_(*(Comment.text.icontains(text, autoescape=True) for text in wanted.texts))
    if wanted.flag:
        yield cast(Response.flags, String).contains(f'"{wanted.flag}"', autoescape=True)


def _as_listed(row: Row[Any]) -> Listed:
    return Listed(row, row.answers, row.flags or [])
