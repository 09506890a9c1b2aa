"""Asking for drills, beginning and stopping them. Callers commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import clock
from survey.cases import escalation, service
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Case, CaseKind, Drill, Severity, Unit, User

FARTHEST = timedelta(days=92)
REASON: dict[str, Any] = {
    "code": "drill",
    "names": {
        "en": "A drill of the chain of duty: no customer is concerned",
        "zh_Hans": "值班链演练：不涉及任何客户",
        "zh_Hant": "值班鏈演練：不涉及任何客戶",
    },
}


def ask(unit: Unit, severity: str, start_at: datetime | None, by: User | None) -> Drill:
    """`start_at` None: now. Raises Invalid, and Conflict while a drill of the unit runs or begins at that time."""
    now = clock.now()
    _check(unit, severity, start_at, now)
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())  # one at a time
    if start_at is None and _running(unit):
        raise Conflict(
            _l("A drill of this unit is running. Please wait for its end, or stop it."), field="unit"
        )
    if start_at is not None and _planned(unit, start_at):
        raise Conflict(_l("A drill of this unit begins at that time already."), field="at")
    drill = Drill(unit_id=unit.id, severity=severity, asked_at=now, start_at=start_at or now)
    drill.asked_by_id = by.id if by else None
    db.session.add(drill)
    db.session.flush()
    if start_at is None:
        begin(drill, now)
    return drill


def _check(unit: Unit, severity: str, start_at: datetime | None, now: datetime) -> None:
    if unit.closed_at is not None:
        raise Invalid(_l("This unit is closed."), field="unit")
    if severity not in set(Severity):
        raise Invalid(_l("Please choose one."), field="severity")
    if start_at is None:
        return
    if start_at <= now:
        raise Invalid(_l("Please give a time that is still to come."), field="at")
    if start_at > now + FARTHEST:
        raise Invalid(_l("At most %(n)s days ahead.", n=FARTHEST.days), field="day")


def _running(unit: Unit) -> bool:
    mine = select(Drill.id).join(Case, Case.id == Drill.case_id).where(Drill.unit_id == unit.id)
    return db.session.scalar(mine.where(Case.closed_at.is_(None))) is not None


def _planned(unit: Unit, start_at: datetime) -> bool:
    """By a person; what comes by itself must not be found out by trying."""
    mine = Drill.unit_id == unit.id, Drill.start_at == start_at, Drill.month.is_(None)
    return db.session.scalar(select(Drill.id).where(*mine, Drill.stopped_at.is_(None))) is not None


def begin(drill: Drill, now: datetime) -> None:
    """Opens the case and tells the first of the chain."""
    case = service.open_case(drill.unit_id, drill.severity, [], [REASON], now, CaseKind.DRILL)
    drill.case_id = case.id
    escalation.begin(case, now)
    db.session.flush()
    db.session.refresh(drill)


def stop(drill: Drill, by: User) -> None:
    """Before it has begun, or before anybody has answered. Raises Conflict where it is over."""
    db.session.execute(select(Drill.id).where(Drill.id == drill.id).with_for_update())
    db.session.refresh(drill)
    if drill.stopped_at is not None or (drill.case is not None and not drill.case.is_running):
        raise Conflict(_l("This drill is over already."))
    if drill.case is not None:
        service.end_drill(drill.case, by, unanswered=True)
    if drill.case is None or drill.case.acknowledged_at is None:
        drill.stopped_at = clock.now()
    db.session.flush()
