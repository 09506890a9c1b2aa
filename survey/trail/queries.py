"""Reading the audit trail, newest first, a page at a time: no page counts or sorts the entries before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, or_, select

from survey.access import limited
from survey.extensions import db
from survey.models import AuditEntry, User

PAGE = 50
_CHUNK = 1000  # rows in memory
_MOST_PEOPLE = 200  # whose names hold the text that was asked for

Entry = Row[Any]  # the columns of AuditEntry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty means any."""

    actor: str = ""
    person: str = ""
    deed: str = ""
    kind: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    entries: list[Entry]
    newer: int | None
    older: int | None


def page(person: User, wanted: Wanted, timezone: str, older: int | None, newer: int | None) -> Page:
    """Those before the number `older`, or after `newer`, else the newest."""
    statement = _matching(person, wanted, timezone)
    if newer is not None:
        ascending = statement.where(AuditEntry.number > newer).order_by(AuditEntry.number)
        rows = list(db.session.execute(ascending.limit(PAGE + 1)))
        shown = rows[:PAGE][::-1]
        return Page(shown, shown[0].number if len(rows) > PAGE else None, shown[-1].number if shown else None)
    if older is not None:
        statement = statement.where(AuditEntry.number < older)
    rows = list(db.session.execute(statement.order_by(AuditEntry.number.desc()).limit(PAGE + 1)))
    shown = rows[:PAGE]
    first = shown[0].number if shown and older is not None else None
    return Page(shown, first, shown[-1].number if len(rows) > PAGE else None)


def stream(person: User, wanted: Wanted, timezone: str) -> Iterator[Entry]:
    """All of them, oldest first."""
    statement = _matching(person, wanted, timezone).order_by(AuditEntry.number)
    with db.session.execute(statement.execution_options(yield_per=_CHUNK)) as rows:
        yield from rows


def _matching(person: User, wanted: Wanted, timezone: str) -> Select[Any]:
    statement = limited(select(*AuditEntry.__table__.columns), AuditEntry.unit_id, person)
    for column, value in (
        (AuditEntry.actor_kind, wanted.actor),
        (AuditEntry.deed, wanted.deed),
        (AuditEntry.thing_kind, wanted.kind),
    ):
        if value:
            statement = statement.where(column == value)
    if wanted.person:
        statement = statement.where(AuditEntry.actor_id.in_(_people(wanted.person)))
    if wanted.first_on:
        first = _first_since(_begins(wanted.first_on, timezone))
        statement = statement.where(AuditEntry.number >= first if first else AuditEntry.number < 0)
    if wanted.last_on and wanted.last_on < date.max:
        first = _first_since(_begins(wanted.last_on + timedelta(days=1), timezone))
        statement = statement.where(AuditEntry.number < first) if first else statement
    return statement


def _begins(day: date, timezone: str) -> datetime:
    """Days at the ends of the calendar stay inside it in every time zone."""
    day = min(max(day, date(2, 1, 1)), date(9998, 1, 1))
    return datetime.combine(day, time(), ZoneInfo(timezone))


def _first_since(instant: datetime) -> int | None:
    """Times never fall with the numbers, so that a span of time is a span of numbers."""
    statement = select(AuditEntry.number).where(AuditEntry.at >= instant)
    return db.session.scalar(statement.order_by(AuditEntry.at, AuditEntry.number).limit(1))


def _people(text: str) -> list[str]:
    holds = or_(User.name.icontains(text, autoescape=True), User.email.icontains(text, autoescape=True))
    return [str(found) for found in db.session.scalars(select(User.id).where(holds).limit(_MOST_PEOPLE))]
