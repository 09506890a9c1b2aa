"""The drill that comes by itself each month, at a working hour that nobody knows before. Callers commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import Table, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.access import limited
from survey.duty.plan import Plan
from survey.duty.working import Calendar, Interval
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Drill, DrillPlan, Severity, Unit, User

_TABLE = cast(Table, Drill.__table__)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_ONE = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def plans(person: User) -> Sequence[DrillPlan]:
    statement = select(DrillPlan).join(Unit, Unit.id == DrillPlan.unit_id).order_by(Unit.path)
    return db.session.scalars(limited(statement, DrillPlan.unit_id, person)).all()


def set_plan(unit: Unit, severity: str | None, by: User) -> None:
    """None: none any more. What was chosen for this month and has not begun goes with it."""
    if severity is not None and severity not in set(Severity):
        raise Invalid(_l("Please choose one."), field="severity")
    if severity is not None and unit.closed_at is not None:
        raise Invalid(_l("This unit is closed."), field="unit")
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    plan = db.session.get(DrillPlan, unit.id)
    if severity is None:
        if plan is not None:
            db.session.delete(plan)
        _forget_waiting(unit)
    elif plan is None:
        db.session.add(DrillPlan(unit_id=unit.id, severity=severity, since=clock.now(), by_id=by.id))
    else:
        plan.severity = severity
    db.session.flush()


def _forget_waiting(unit: Unit) -> None:
    mine = Drill.unit_id == unit.id, Drill.month.is_not(None), Drill.case_id.is_(None)
    for drill in db.session.scalars(select(Drill).where(*mine, Drill.stopped_at.is_(None))):
        db.session.delete(drill)


def missing(now: datetime) -> list[DrillPlan]:
    """Plans whose drill of this month, by the unit's calendar, was not chosen yet."""
    statement = select(DrillPlan).join(Unit, Unit.id == DrillPlan.unit_id).where(Unit.closed_at.is_(None))
    return [plan for plan in db.session.scalars(statement) if not _chosen(plan, now)]


def _chosen(plan: DrillPlan, now: datetime) -> bool:
    month = _month(_calendar(plan, now).day(now))
    there = exists().where(Drill.unit_id == plan.unit_id, Drill.month == month)
    return bool(db.session.scalar(select(there)))


def choose(plan: DrillPlan, now: datetime) -> bool:
    """Any working minute that is left of the month, each as likely as the other. False where none is, or where
    somebody else has chosen."""
    calendar = _calendar(plan, now)
    month = _month(calendar.day(now))
    at = _any_minute(list(_left(calendar, now)))
    if at is None:
        return False
    row = {"unit_id": plan.unit_id, "severity": plan.severity, "asked_at": now, "asked_by_id": plan.by_id}
    connection = db.session.connection()
    insert = _INSERT[connection.dialect.name](_TABLE).values(month=month, start_at=at, **row)
    made = insert.on_conflict_do_nothing().returning(_TABLE.c.id)
    return connection.execute(made).first() is not None


def _calendar(plan: DrillPlan, now: datetime) -> Calendar:
    return Plan([plan.unit], now.date()).calendar(plan.unit_id)


def _month(day: date) -> date:
    return day.replace(day=1)


def _left(calendar: Calendar, now: datetime) -> Iterator[Interval]:
    """The working time from now to the end of the month."""
    day = calendar.day(now)
    month = _month(day)
    while _month(day) == month:
        for start, end in calendar.intervals(day):
            if max(start, now) < end:
                yield max(start, now), end
        day += _ONE


def _any_minute(spans: Sequence[Interval]) -> datetime | None:
    lengths = [(end - start) // _MINUTE for start, end in spans]
    if not sum(lengths):
        return None
    at = secrets.randbelow(sum(lengths))
    for (start, _end), length in zip(spans, lengths, strict=True):
        if at < length:
            return start + at * _MINUTE
        at -= length
    return None
