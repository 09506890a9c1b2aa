"""Limits of a case that come near or have passed.

Who has not acknowledged in time loses the case to the next in the chain, again and again, until somebody does. Of a
limit that passes later the next in the chain are told, one after the other; the case stays with who works on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from survey.cases.handing import handed, next_person, not_told
from survey.cases.life import Step, take
from survey.cases.limits import NEVER
from survey.cases.notices import tell
from survey.duty.limits import Limit
from survey.duty.plan import Plan
from survey.duty.service import limits_of
from survey.duty.working import Calendar
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, CaseState, Limited, Party

SHORTEST = 10  # minutes between two who are told
NOBODY_PAUSE = timedelta(minutes=10)  # until it is looked again whether anybody is there
AWAIT_READ_BACK = (CaseState.NOTIFIED,)
DONE = (CaseState.RESOLVED, CaseState.VERIFIED, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class Pending:
    what: Limited
    due: datetime
    warned: bool
    limit: Limit
    calendar: Calendar

    @property
    def warn_at(self) -> datetime:
        return self.limit.warning(self.due, self.calendar)

    def again(self, last: datetime) -> datetime:
        """When the next is told after this one: after half of the time."""
        half = Limit(max(self.limit.minutes // 2, SHORTEST), self.limit.by_clock)
        return half.end(last, self.calendar)


def pending(case: Case) -> list[Pending]:
    if case.state in DONE or case.state == CaseState.WAITING:
        return []
    limits, calendar = limits_of(case.unit), Plan([case.unit], case.opened_at.date()).calendar(case.unit_id)
    return [
        Pending(what, due, warned, limits[case.severity, what], calendar)
        for what, due, warned in _open(case)
        if due is not None
    ]


def _open(case: Case) -> Iterator[tuple[Limited, datetime | None, bool]]:
    if case.state in AWAIT_READ_BACK:
        yield Limited.ACKNOWLEDGE, case.due_acknowledge_at, case.warned_acknowledge
    if case.contacted_at is None:
        yield Limited.CONTACT, case.due_contact_at, case.warned_contact
    yield Limited.RESOLVE, case.due_resolve_at, case.warned_resolve


def see(case: Case, now: datetime) -> None:
    """Warns and escalates; one step at a time, the first that is due."""
    for one in pending(case):
        if one.due <= now:
            if _escalate_at(case, one) <= now:
                _escalate(case, one, now)
            return  # what comes later waits for what comes first
        if not one.warned and one.warn_at <= now:
            _warn(case, one, now)
    if case.state == CaseState.WAITING and case.waiting_until and case.waiting_until <= now:
        _waited_long_enough(case, now)


def next_look(case: Case, now: datetime) -> datetime:
    """When something is due that is not yet, as far as is known now."""
    if case.state in DONE:
        return NEVER
    if case.state in (CaseState.OPEN, CaseState.REOPENED):
        return now + NOBODY_PAUSE
    if case.state == CaseState.WAITING:
        until = case.waiting_until
        return until if until and until > now else NEVER
    found = [NEVER]
    for one in pending(case):
        if one.due <= now:
            found.append(max(_escalate_at(case, one), now + timedelta(minutes=1)))
            break
        found.append(one.due if one.warned else max(one.warn_at, now))
    return min(found)


def _escalate_at(case: Case, one: Pending) -> datetime:
    """Not before the one who was told last had time."""
    events = handed(case)
    if one.what is not Limited.ACKNOWLEDGE:
        events = [event for event in events if event.details.get("limit") == one.what]
        if events and not_told(case, one.due, one.what) is None:
            return NEVER  # everybody knows
    return max(one.due, one.again(events[-1].at)) if events else one.due


def _escalate(case: Case, one: Pending, now: datetime) -> None:
    first = one.what is Limited.ACKNOWLEDGE
    found = next_person(case, now) if first else not_told(case, now, one.what)
    if found is None:
        return
    if first:
        case.owner_id = found.person.id
    case.tier += 1
    case.escalations += 1
    details = found.details | {"limit": one.what.value, "tier": case.tier}
    take(case, Step(CaseHappened.ESCALATED, Party.SYSTEM, details=details, at=now))
    tell(case, found.person, "case_escalated", one.what, one.due)


def _warn(case: Case, one: Pending, now: datetime) -> None:
    setattr(case, f"warned_{one.what.value}", True)
    take(case, Step(CaseHappened.WARNED, Party.SYSTEM, details={"limit": one.what.value}, at=now))
    if case.owner is not None:
        tell(case, case.owner, "case_warning", one.what, one.due)


def _waited_long_enough(case: Case, now: datetime) -> None:
    """The customer has not answered: whoever has the case is told, once each time."""
    mine = CaseEvent.case_id == case.id, CaseEvent.kind == CaseHappened.WARNED
    since = case.waiting_since or case.opened_at
    told = db.session.scalars(select(CaseEvent).where(*mine, CaseEvent.at >= since))
    if any(event.details.get("limit") == "waiting" for event in told):
        return
    take(case, Step(CaseHappened.WARNED, Party.SYSTEM, details={"limit": "waiting"}, at=now))
    if case.owner is not None:
        tell(case, case.owner, "case_waited", Limited.RESOLVE, case.due_resolve_at)
