"""The worker's part: drills of this month are given their hour, and what is due begins. Each is a transaction: one
that is cut off has not begun, one that is looked at twice has begun once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from survey import clock
from survey.drills import monthly, service
from survey.extensions import db
from survey.models import Drill


def due(now: datetime) -> list[int]:
    waits = Drill.case_id.is_(None), Drill.stopped_at.is_(None), Drill.start_at <= now
    return list(db.session.scalars(select(Drill.id).where(*waits).order_by(Drill.start_at, Drill.id)))


def begin(number: int, now: datetime) -> bool:
    """Unless somebody else does, or has. The caller commits."""
    mine = select(Drill).where(Drill.id == number, Drill.case_id.is_(None), Drill.stopped_at.is_(None))
    locked = mine.with_for_update(skip_locked=True, of=Drill).execution_options(populate_existing=True)
    drill = db.session.scalar(locked)
    if drill is None:
        return False
    if drill.unit.closed_at is not None:
        drill.stopped_at = now
    else:
        service.begin(drill, now)
    return True


def work_off() -> int:
    now, done = clock.now(), 0
    for plan in monthly.missing(now):
        done += monthly.choose(plan, now)
        db.session.commit()
    for number in due(now):
        done += begin(number, now)
        db.session.commit()
    db.session.rollback()
    return done
