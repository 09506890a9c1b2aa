"""The rows behind the figures of cases: those opened on the days asked for, without drills.

Left out are cases that were merged into another (the other counts) and those whose appeal was upheld (nobody's to answer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, Table, or_, select

from survey.access import limited
from survey.extensions import db
from survey.models import Appeal, Case, CaseKind, User

_FILE = cast(Table, Case.__table__)
_COLUMNS = [_FILE.c[name] for name in (
    "unit_id", "opened_at", "due_acknowledge_at", "acknowledged_at", "due_contact_at", "contacted_at", "due_resolve_at",
    "resolved_at", "closed_at", "cause_id", "contact_problem", "escalations", "reopenings", "satisfaction", "state",
)]  # fmt: skip
_AT = {column.name: place for place, column in enumerate(_COLUMNS)}
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


@dataclass(frozen=True, slots=True)
class Waits:
    """Of each row, in their order."""

    hours: NDArray[np.float64]  # from the opening; what is not over yet has lasted so long
    ended: NDArray[np.bool_]
    kept: NDArray[np.int8]  # 1: within its limit, 0: not, -1: not known yet, or there is no limit


def waits(rows: Sequence[Measured], limit: str, now: datetime) -> Waits:
    """What never happened and never will (a closed case) has lasted until the end."""
    opened, closed, due, done = (
        _AT[name] for name in ("opened_at", "closed_at", f"due_{limit}_at", DONE[limit])
    )
    hours = [
        max(0.0, ((row[done] or row[closed] or now) - row[opened]).total_seconds() / 3600) for row in rows
    ]
    kept = [_kept(row[due], row[done], row[closed], now) for row in rows]
    ended = [row[done] is not None for row in rows]
    return Waits(np.array(hours, np.float64), np.array(ended, np.bool_), np.array(kept, np.int8))


def _kept(due: datetime | None, done: datetime | None, closed: datetime | None, now: datetime) -> int:
    if due is None:
        return -1
    if done is not None:
        return int(done <= due)
    return -1 if due > now and closed is None else 0


DONE = {"acknowledge": "acknowledged_at", "contact": "contacted_at", "resolve": "resolved_at"}
