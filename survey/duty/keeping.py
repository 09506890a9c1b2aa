"""Setting the working hours of a unit, and the days that differ. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey.duty.working import Spans
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import SpecialDay, Unit, WorkCalendar

LONGEST_NAME = 120


def set_week(unit: Unit, timezone: str | None, weekly: Sequence[Spans] | None) -> None:
    """None is as above."""
    if timezone is not None and not known_zone(timezone):
        raise Invalid(_l("There is no such time zone. Example: Asia/Shanghai"), field="timezone")
    if weekly is not None and not any(weekly):
        raise Invalid(_l("Please give the hours of at least one day."), field="day_0")
    row = own_week(unit)
    if timezone is None and weekly is None:
        if row is not None:
            db.session.delete(row)
    else:
        row = row or WorkCalendar(unit_id=unit.id)
        row.timezone = timezone
        row.weekly = [[list(span) for span in spans] for spans in weekly] if weekly is not None else None
        db.session.add(row)
    db.session.flush()


def known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def own_week(unit: Unit) -> WorkCalendar | None:
    return db.session.scalar(select(WorkCalendar).where(WorkCalendar.unit_id == unit.id))


def add_day(unit: Unit, day: date, name: str, working: bool, spans: Spans | None) -> SpecialDay:
    """`spans` of a working day; None: as on the first working day of the week."""
    if working and spans == ():
        raise Invalid(_l("Please give the hours of at least one day."), field="hours")
    if own_day(unit, day):
        raise Conflict(_l("This day is in the list already. Remove it there first."), field="day")
    row = SpecialDay(unit_id=unit.id, day=day)
    write(row, name, working, spans)
    db.session.add(row)
    db.session.flush()
    return row


def write(row: SpecialDay, name: str, working: bool, spans: Spans | None) -> None:
    row.name, row.working = name, working
    row.spans = [list(span) for span in spans] if working and spans is not None else None


def own_day(unit: Unit, day: date) -> SpecialDay | None:
    return db.session.scalar(select(SpecialDay).where(SpecialDay.unit_id == unit.id, SpecialDay.day == day))
