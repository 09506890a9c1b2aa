"""The rows behind the figures of cases: those opened on the days asked for, without drills.

Left out are cases that were merged into another (the other counts) and those whose appeal was upheld (nobody's to answer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, or_, select

from analysis.statistics.waiting_times import Wait
from survey.access import limited
from survey.extensions import db
from survey.models import Appeal, Case, CaseKind, User

_FILE = cast(Table, Case.__table__)
_COLUMNS = [_FILE.c[name] for name in (
    "unit_id", "opened_at", "due_acknowledge_at", "acknowledged_at", "due_contact_at", "contacted_at", "due_resolve_at",
    "resolved_at", "closed_at", "cause_id", "contact_problem", "escalations", "reopenings", "satisfaction", "state",
)]  # fmt: skip
Measured = Row[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    first_on: date
    last_on: date
    timezone: str
    unit_ids: Sequence[int] | None = None  # None: all that the person sees
    severity: str = ""
    kind: str = CaseKind.FEEDBACK


def rows(person: User, asked: Asked) -> Sequence[Measured]:
    zone = ZoneInfo(asked.timezone)
    begin = datetime.combine(asked.first_on, time.min, zone)
    end = datetime.combine(asked.last_on + timedelta(days=1), time.min, zone)
    upheld = _FILE.c.appeal == Appeal.UPHELD
    statement = select(*_COLUMNS).where(
        _FILE.c.opened_at >= begin.astimezone(UTC),
        _FILE.c.opened_at < end.astimezone(UTC),
        _FILE.c.kind == asked.kind,
        _FILE.c.merged_into_id.is_(None),
        or_(_FILE.c.appeal.is_(None), ~upheld),
    )
    if asked.severity:
        statement = statement.where(_FILE.c.severity == asked.severity)
    if asked.unit_ids is not None:
        statement = statement.where(_FILE.c.unit_id.in_(asked.unit_ids))
    return db.session.execute(limited(statement, _FILE.c.unit_id, person)).all()


def wait(row: Measured, limit: str, now: datetime) -> Wait:
    """In hours, from the opening. What never happened and never will (a closed case) has lasted until the end."""
    done = row._mapping[DONE[limit]]
    until = done or row.closed_at or now
    return Wait(max(0.0, (until - row.opened_at).total_seconds() / 3600), done is not None)


def kept(row: Measured, limit: str, now: datetime) -> bool | None:
    """Whether it was done within its limit; None where that is not known yet, or there is no limit."""
    due, done = row._mapping[f"due_{limit}_at"], row._mapping[DONE[limit]]
    if due is None:
        return None
    if done is not None:
        return bool(done <= due)
    return None if due > now and row.closed_at is None else False


DONE = {"acknowledge": "acknowledged_at", "contact": "contacted_at", "resolve": "resolved_at"}
