"""What happens to a case by itself: it is given to whoever has duty, limits are warned of, and what nobody answers
goes on to the next. A sweep of the worker: the case, its event and its message are one transaction, so that whatever
is cut off has not happened, and whatever runs twice finds it done.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from survey.cases import overdue
from survey.cases.handing import next_person
from survey.cases.life import Step, take
from survey.cases.limits import NEVER
from survey.cases.notices import tell
from survey.duty.service import Deadlines, deadlines
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, CaseKind, CaseState, Limited, Party, User

BATCH = 200
TO_BEGIN = (CaseState.OPEN, CaseState.REOPENED)
AGAIN = (CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS, CaseState.WAITING)


def waiting(now: datetime, limit: int = BATCH) -> list[int]:
    """The cases that have to be looked at: first those of people who left."""
    left = select(Case.id).join(User, User.id == Case.owner_id).where(Case.closed_at.is_(None), ~User.active)
    left = left.where(Case.state.not_in(overdue.DONE)).order_by(Case.id)
    due = select(Case.id).where(Case.closed_at.is_(None), Case.look_at <= now).order_by(Case.look_at, Case.id)
    found = [*db.session.scalars(left.limit(limit)), *db.session.scalars(due.limit(limit))]
    return list(dict.fromkeys(found))


def look(case_id: int, now: datetime) -> bool:
    """Does what is due for one case, if nobody else is at it. Whether anything was done. The caller commits."""
    mine = select(Case).where(Case.id == case_id, Case.closed_at.is_(None))
    mine = mine.with_for_update(skip_locked=True, of=Case).execution_options(populate_existing=True)
    case = db.session.scalar(mine)
    if case is None:
        return False
    before = case.events_count
    if case.state in TO_BEGIN:
        begin(case, now)
    elif case.state not in overdue.DONE:
        _tighten(case)
        if case.owner is not None and not case.owner.active:
            _replace(case, now)
        overdue.see(case, now)
    case.look_at = overdue.next_look(case, now)
    return case.events_count > before


def postpone(case_id: int, now: datetime) -> None:
    """One that fails is tried again later."""
    db.session.execute(update(Case).where(Case.id == case_id).values(look_at=now + overdue.NOBODY_PAUSE))


def begin(case: Case, now: datetime) -> None:
    """Gives a new or reopened case its limits and its owner. It may be called right after a case is opened."""
    _limit(case, deadlines(case.severity, case.unit, now))
    owner = case.owner if case.owner is not None and case.owner.active else None
    found = None if owner else next_person(case, now)
    person = owner or (found.person if found else None)
    if person is None:
        return
    case.owner_id = person.id
    details = found.details if found else {"to": str(person.id)}
    take(case, Step(CaseHappened.NOTIFIED, Party.SYSTEM, CaseState.NOTIFIED, details=details, at=now))
    tell(case, person, "case_assigned", Limited.ACKNOWLEDGE, case.due_acknowledge_at)


def _limit(case: Case, until: Deadlines) -> None:
    case.due_acknowledge_at, case.warned_acknowledge = until.acknowledge, False
    if case.kind == CaseKind.DRILL:
        return
    case.due_resolve_at, case.warned_resolve = until.resolve, False
    if case.kind == CaseKind.FEEDBACK and case.contacted_at is None:
        case.due_contact_at, case.warned_contact = until.contact, False


def _tighten(case: Case) -> None:
    """A case that became more serious meanwhile has less time from then on."""
    mine = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)
    for event in db.session.scalars(mine.where(CaseEvent.kind == CaseHappened.JOINED)):
        if "severity" in event.details and event.at >= _begun(case):
            until = deadlines(event.details["severity"], case.unit, event.at)
            case.due_acknowledge_at = _sooner(case.due_acknowledge_at, until.acknowledge)
            case.due_contact_at = _sooner(case.due_contact_at, until.contact)
            case.due_resolve_at = _sooner(case.due_resolve_at, until.resolve)


def _begun(case: Case) -> datetime:
    """Since when its limits run: since it was opened, or opened again."""
    mine = CaseEvent.case_id == case.id, CaseEvent.kind == CaseHappened.REOPENED
    last = db.session.scalar(select(CaseEvent.at).where(*mine).order_by(CaseEvent.number.desc()).limit(1))
    return last or case.opened_at


def _sooner(one: datetime | None, other: datetime) -> datetime | None:
    return min(one, other) if one else None


def _replace(case: Case, now: datetime) -> None:
    """Its owner has no account any more: it goes to the next."""
    found = next_person(case, now)
    if found is None:
        return
    details = found.details | {"instead_of": str(case.owner_id), "reason": "left"}
    case.owner_id = found.person.id
    state = CaseState.NOTIFIED if case.state in AGAIN else None
    take(case, Step(CaseHappened.ASSIGNED, Party.SYSTEM, state, details=details, at=now))
    db.session.flush()
    db.session.expire(case, ["owner"])
    tell(case, found.person, "case_assigned", Limited.ACKNOWLEDGE, case.due_acknowledge_at or NEVER)
