"""Reading drills, as far as a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.access import limited
from survey.errors import Missing
from survey.extensions import db
from survey.models import Case, Drill, User

LISTED = 500


@dataclass(frozen=True, slots=True)
class Asked:
    first_on: date
    last_on: date
    timezone: str
    unit_ids: Sequence[int] | None = None  # None: all that the person sees
    severity: str = ""


def begun(person: User, asked: Asked) -> Sequence[Drill]:
    """Those that began on the days asked for, the newest first."""
    zone = ZoneInfo(asked.timezone)
    begin = datetime.combine(asked.first_on, time.min, zone).astimezone(UTC)
    end = datetime.combine(asked.last_on + timedelta(days=1), time.min, zone).astimezone(UTC)
    statement = select(Drill).join(Case, Case.id == Drill.case_id)
    statement = statement.where(Case.opened_at >= begin, Case.opened_at < end)
    if asked.severity:
        statement = statement.where(Drill.severity == asked.severity)
    if asked.unit_ids is not None:
        statement = statement.where(Drill.unit_id.in_(asked.unit_ids))
    statement = limited(statement, Drill.unit_id, person).order_by(Case.opened_at.desc(), Drill.id.desc())
    whole = joinedload(Drill.case), joinedload(Drill.unit)
    return db.session.scalars(statement.options(*whole).limit(LISTED)).all()


def to_come(person: User) -> Sequence[Drill]:
    """Those that people asked for; what comes by itself each month is known to nobody."""
    waits = Drill.case_id.is_(None), Drill.stopped_at.is_(None), Drill.month.is_(None)
    statement = select(Drill).where(*waits).order_by(Drill.start_at, Drill.id).limit(LISTED)
    return db.session.scalars(limited(statement, Drill.unit_id, person)).all()


def drill_of(person: User, number: int) -> Drill:
    """Raises Missing, also for one of which nobody may know yet."""
    found: Drill | None = db.session.scalar(
        limited(select(Drill).where(Drill.id == number), Drill.unit_id, person)
    )
    if found is None or (found.month is not None and found.case_id is None):
        raise Missing
    return found
