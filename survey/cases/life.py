"""What may follow what, and the one way in which a case changes: an event and the state after it, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import audit, clock
from survey.cases import texts
from survey.cases.limits import next_due
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, CaseKind, CaseState, Party, User

By = User | Party  # Party.SYSTEM or Party.CUSTOMER where nobody of the organisation acts

_S = CaseState
ALLOWED: Mapping[str, frozenset[str]] = {
    _S.OPEN: frozenset({_S.NOTIFIED, _S.ACKNOWLEDGED, _S.CLOSED}),
    _S.NOTIFIED: frozenset({_S.ACKNOWLEDGED, _S.CLOSED}),
    _S.ACKNOWLEDGED: frozenset({_S.NOTIFIED, _S.IN_PROGRESS, _S.WAITING, _S.RESOLVED, _S.CLOSED}),
    _S.IN_PROGRESS: frozenset({_S.NOTIFIED, _S.WAITING, _S.RESOLVED, _S.CLOSED}),
    _S.WAITING: frozenset({_S.NOTIFIED, _S.IN_PROGRESS, _S.RESOLVED, _S.CLOSED}),
    _S.RESOLVED: frozenset({_S.VERIFIED, _S.REOPENED, _S.CLOSED}),
    _S.VERIFIED: frozenset({_S.CLOSED, _S.REOPENED}),
    _S.CLOSED: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.NOTIFIED, _S.ACKNOWLEDGED, _S.CLOSED}),
}
OF_DRILLS = frozenset({_S.NOTIFIED, _S.ACKNOWLEDGED, _S.CLOSED})
"""To CLOSED leads `service.close` from VERIFIED only (a drill from ACKNOWLEDGED); from elsewhere a case is closed by
being merged into another, or by an appeal that was upheld. Back to NOTIFIED leads handing it to somebody else."""


@dataclass(frozen=True, slots=True)
class Step:
    kind: CaseHappened
    by: By
    to: CaseState | None = None  # the state afterwards; None: as before
    said: texts.Texts = field(default_factory=dict)
    channel: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def locked(case: Case, seen: int | None = None) -> Case:
    """As it is now; whoever changes it at the same time waits. `seen`: the number of the last event that the person
    had before their eyes."""
    db.session.flush()
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())
    db.session.refresh(case)
    if seen is not None and seen != case.events_count:
        raise Conflict(_l("Somebody else has changed this case meanwhile. Please look at it again."))
    return case


def check(case: Case, to: CaseState) -> None:
    """Raises Conflict."""
    if case.kind == CaseKind.DRILL and to not in OF_DRILLS:
        raise Conflict(_l("This is a drill: it is acknowledged, and ends."))
    if to not in ALLOWED[case.state]:
        raise Conflict(_l("This is not possible in the state in which the case is now."))


def take(case: Case, step: Step) -> CaseEvent:
    """Writes the event and sets the state. The case is locked, and what else changes on it is set before."""
    at = step.at or clock.now()
    before = case.state
    if step.to is not None and step.to != case.state:
        check(case, step.to)
        case.state = step.to
    case.closed_at = (case.closed_at or at) if case.state == CaseState.CLOSED else None
    case.events_count += 1
    case.changed_at = at
    case.due_at = next_due(case)
    case.look_at = at  # what follows is decided anew, see escalation.py
    details = dict(step.details)
    if before != case.state:
        details |= {"was": before, "state": case.state}
    event = _written(case, step, at, details)
    if isinstance(step.by, User):
        said = {"event": step.kind.value, "number": event.number}
        audit.record(audit.Deed.CHANGED, thing(case), {"new": said})
    return event


def thing(case: Case) -> audit.Thing:
    return audit.Thing("case", case.public_id, case.public_id, case.unit_id)


def told(text: str | None, at_field: str, least: int = 1) -> str:
    """A text that must be given. Raises Invalid beside its field."""
    words = (text or "").strip()
    if len(words) < least:
        raise Invalid(_l("Please fill this in."), field=at_field)
    if len(words) > texts.LONGEST:
        raise Invalid(_l("At most %(n)s characters.", n=texts.LONGEST), field=at_field)
    return words


def only_feedback(case: Case) -> None:
    if case.kind == CaseKind.DRILL:
        raise Conflict(_l("This is a drill: there is no customer."))


def _written(case: Case, step: Step, at: datetime, details: Mapping[str, Any]) -> CaseEvent:
    person = step.by if isinstance(step.by, User) else None
    event = CaseEvent(
        case_id=case.id,
        number=case.events_count,
        at=at,
        kind=step.kind,
        party=Party.USER if person else str(step.by),
        by_id=person.id if person else None,
        channel=step.channel,
        details=details,
    )
    db.session.add(event)
    db.session.flush()
    texts.keep(case.id, event.number, step.said)
    db.session.flush()
    return event
