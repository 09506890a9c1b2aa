"""The steps of a case. Each is one event and, mostly, another state; what may follow what stands in life.py.

`by` is the user who acts, or Party.SYSTEM or Party.CUSTOMER. `seen`: the number of the last event that the person had
before their eyes; where another came since, the step is refused. Callers commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from survey import clock
from survey.cases import letters
from survey.cases.life import By, Step, check, locked, only_feedback, take, told
from survey.cases.opening import open_case
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import (
    Appeal,
    Case,
    CaseCause,
    CaseEvent,
    CaseHappened,
    CaseKind,
    CaseResponse,
    CaseState,
    Contact,
    Party,
    User,
)

__all__ = ["open_case"]

LEAST = 5  # characters of a read-back: "yes" restates nothing
HANDED_OVER = frozenset({CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS, CaseState.WAITING})


def record(
    case: Case,
    kind: CaseHappened,
    by: By,
    text: str = "",
    channel: str = "",
    details: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> CaseEvent:
    """An event that leaves the state as it is; only an answer of the customer who is waited for goes on with it."""
    locked(case)
    to = None
    if by == Party.CUSTOMER and kind == CaseHappened.MESSAGE and case.state == CaseState.WAITING:
        _waited(case, at or clock.now())
        to = CaseState.IN_PROGRESS
    return take(case, Step(kind, by, to, {"text": text}, channel, details or {}, at))


def notify(
    case: Case, to: User | None, at: datetime, channel: str = "", details: Mapping[str, Any] | None = None
) -> None:
    """Somebody is told of it, and owns it from now on."""
    locked(case)
    if to is not None:
        case.owner_id = to.id
    state = CaseState.NOTIFIED if case.state in (CaseState.OPEN, CaseState.REOPENED) else None
    said = dict(details or {}) | ({"to": str(to.id)} if to else {})
    take(case, Step(CaseHappened.NOTIFIED, Party.SYSTEM, state, channel=channel, details=said, at=at))


def acknowledge(case: Case, by: User, problem: str, promise: str, seen: int | None = None) -> None:
    """Read back: what the matter is, and what will be done. Whoever does it is responsible from now on."""
    locked(case, seen)
    check(case, CaseState.ACKNOWLEDGED)
    said = {"problem": told(problem, "problem", LEAST), "promise": told(promise, "promise", LEAST)}
    case.owner_id = by.id
    if case.acknowledged_at is None:
        case.acknowledged_at, case.acknowledged_by_id = clock.now(), by.id
    take(case, Step(CaseHappened.ACKNOWLEDGED, by, CaseState.ACKNOWLEDGED, said, at=clock.now()))


def assign(case: Case, to: User, by: By, seen: int | None = None) -> None:
    """Whoever is handed a case that somebody else has acknowledged reads it back anew."""
    locked(case, seen)
    if not case.is_running:
        raise Conflict(_l("This case is closed."))
    if case.owner_id == to.id:
        return
    _waited(case, clock.now())
    case.owner_id = to.id
    state = CaseState.NOTIFIED if case.state in HANDED_OVER else None
    take(case, Step(CaseHappened.ASSIGNED, by, state, details={"to": str(to.id)}))


def contact(
    case: Case, by: User, how: str, reached: bool, text: str = "", problem: str = "", seen: int | None = None
) -> None:
    """A try to speak with the customer. `problem`: what is wrong with the contact data (Contact), if anything."""
    locked(case, seen)
    only_feedback(case)
    if case.state in (CaseState.OPEN, CaseState.NOTIFIED, CaseState.REOPENED, CaseState.CLOSED):
        raise Conflict(_l("Please acknowledge the case first."))
    now = clock.now()
    if reached:
        case.contacted_at = case.contacted_at or now
    case.contact_problem = None if reached else Contact(problem) if problem else case.contact_problem
    state = CaseState.IN_PROGRESS if case.state == CaseState.ACKNOWLEDGED else None
    details = {"reached": reached} | ({"problem": problem} if problem else {})
    take(case, Step(CaseHappened.CONTACT, by, state, {"text": text}, how, details, now))


def start(case: Case, by: User, text: str = "", seen: int | None = None) -> None:
    """Work on it, first or again."""
    locked(case, seen)
    check(case, CaseState.IN_PROGRESS)
    resumed = case.state == CaseState.WAITING
    _waited(case, clock.now())
    kind = CaseHappened.RESUMED if resumed else CaseHappened.STARTED
    take(case, Step(kind, by, CaseState.IN_PROGRESS, {"text": text}))


def wait(case: Case, by: User, what: str, until: datetime, seen: int | None = None) -> None:
    """For the customer; the limit for resolving it waits as long."""
    locked(case, seen)
    only_feedback(case)
    check(case, CaseState.WAITING)
    now = clock.now()
    if until <= now:
        raise Invalid(_l("Please choose a day that is still to come."), field="until")
    case.waiting_since, case.waiting_until = now, until
    details = {"asked": True}  # the customer reads it, see talking.py
    said = {"text": told(what, "what")}
    event = take(case, Step(CaseHappened.WAITING, by, CaseState.WAITING, said, details=details, at=now))
    letters.write(case, event, letters.ASKED)


def resolve(
    case: Case, by: User, cause: CaseCause | None, measure: str, outcome: str, seen: int | None = None
) -> None:
    """Why it came to this, what was done so that it does not again, and what came of it for the customer."""
    locked(case, seen)
    check(case, CaseState.RESOLVED)
    if cause is None or cause.ended_at is not None:
        raise Invalid(_l("Please choose one."), field="cause")
    said = {"measure": told(measure, "measure", LEAST), "outcome": told(outcome, "outcome", LEAST)}
    now = clock.now()
    _waited(case, now)
    case.cause_id, case.resolved_at, case.resolved_by_id = cause.id, now, by.id
    details = {"cause": cause.id}
    event = take(case, Step(CaseHappened.RESOLVED, by, CaseState.RESOLVED, said, details=details, at=now))
    letters.write(case, event, letters.RESOLVED)


def verify(case: Case, by: By, text: str, seen: int | None = None) -> None:
    """By the customer, or by somebody else than who resolved it."""
    locked(case, seen)
    check(case, CaseState.VERIFIED)
    if isinstance(by, User) and by.id == case.resolved_by_id:
        raise Conflict(_l("Somebody else than the person who resolved the case verifies it."))
    case.verified_at = clock.now()
    said = {"text": told(text, "text") if isinstance(by, User) else text}
    take(case, Step(CaseHappened.VERIFIED, by, CaseState.VERIFIED, said))


@dataclass(frozen=True, slots=True)
class Told:
    """How the customer learned of the outcome; without a way there was none, and the text says why."""

    on: date
    how: str


NOT_TOLD = "not_told"


def close(case: Case, by: User, evidence: str, outcome: Told, seen: int | None = None) -> None:
    """`evidence`: by what one sees that the measure was taken; files stand beside (evidence.py)."""
    locked(case, seen)
    if case.kind == CaseKind.DRILL:
        return end_drill(case, by)
    if case.state != CaseState.VERIFIED:
        raise Conflict(_l("A case is closed when somebody has verified it."))
    if case.appeal == Appeal.PENDING:
        raise Conflict(_l("The appeal of the unit is to be decided first."))
    said = {"evidence": told(evidence, "evidence", LEAST)}
    case.told_on, case.told_how = outcome.on, outcome.how
    details = {"told_on": outcome.on.isoformat(), "told_how": outcome.how}
    take(case, Step(CaseHappened.CLOSED, by, CaseState.CLOSED, said, details=details))
    settle(case, running=False)
    return None


def end_drill(case: Case, by: By, *, unanswered: bool = False) -> None:
    """Nothing is left to do of a drill once it was acknowledged; `unanswered`: it is stopped before that."""
    locked(case)
    if case.kind != CaseKind.DRILL or not case.is_running:
        raise Conflict(_l("This is not possible in the state in which the case is now."))
    if case.state != CaseState.ACKNOWLEDGED and not unanswered:
        raise Conflict(_l("Please acknowledge the case first."))
    case.resolved_at = case.verified_at = clock.now()
    take(case, Step(CaseHappened.CLOSED, by, CaseState.CLOSED))


def reopen(case: Case, by: By, why: str, seen: int | None = None) -> None:
    """It is acknowledged anew. Raises Conflict where one of its responses stands in another open case."""
    locked(case, seen)
    check(case, CaseState.REOPENED)
    if case.merged_into_id is not None:
        raise Conflict(_l("This case was merged into another one."))
    said = {"text": told(why, "why")}
    closed = not case.is_running
    case.resolved_at = case.resolved_by_id = case.verified_at = case.told_on = case.told_how = None
    case.reopenings += 1
    take(case, Step(CaseHappened.REOPENED, by, CaseState.REOPENED, said))
    if closed:
        settle(case, running=True)


def prioritise(case: Case, priority: int, by: By, seen: int | None = None) -> None:
    locked(case, seen)
    if priority not in range(4):
        raise Invalid(_l("Please choose one."), field="priority")
    if case.priority != priority:
        details = {"from": case.priority, "to": priority}
        case.priority = priority
        take(case, Step(CaseHappened.PRIORITISED, by, details={"priority": details}))


def rate(case: Case, satisfaction: int, text: str = "") -> None:
    """By the customer: 1 to 5, with the resolution."""
    locked(case)
    if satisfaction not in range(1, 6):
        raise Invalid(_l("Please choose one."), field="satisfaction")
    case.satisfaction = satisfaction
    details = {"satisfaction": satisfaction}
    take(case, Step(CaseHappened.RATED, Party.CUSTOMER, said={"text": text}, details=details))


def warned(case: Case, limit: str, at: datetime) -> bool:
    """That `limit` ("acknowledge", "contact", "resolve") is near. False where it was said before."""
    locked(case)
    if getattr(case, f"warned_{limit}"):
        return False
    setattr(case, f"warned_{limit}", True)
    take(case, Step(CaseHappened.WARNED, Party.SYSTEM, details={"limit": limit}, at=at))
    return True


def escalate(case: Case, tier: int, to: User | None, at: datetime, limit: str = "acknowledge") -> None:
    """A limit has passed: the next tier is told."""
    locked(case)
    if not case.is_running:
        return
    case.tier, case.escalations = tier, case.escalations + 1
    if to is not None:
        case.owner_id = to.id
    state = CaseState.NOTIFIED if case.state in (CaseState.OPEN, CaseState.REOPENED) else None
    details = {"tier": tier, "limit": limit} | ({"to": str(to.id)} if to else {})
    take(case, Step(CaseHappened.ESCALATED, Party.SYSTEM, state, details=details, at=at))


def settle(case: Case, running: bool) -> None:
    """Whether its responses stand in an open case. Raises Conflict where one stands in another already."""
    mine = CaseResponse.case_id == case.id
    if running:
        others = db.select(CaseResponse.response_id).where(CaseResponse.running.is_(True))
        taken = db.select(CaseResponse.response_id).where(mine, CaseResponse.response_id.in_(others))
        if db.session.scalar(taken.limit(1)) is not None:
            raise Conflict(_l("What was said is followed up in another open case."))
    db.session.execute(update(CaseResponse).where(mine).values(running=running))


def _waited(case: Case, now: datetime) -> None:
    """The limit for resolving it moves by the time for which the customer was waited for."""
    if case.state == CaseState.WAITING and case.waiting_since is not None:
        if case.due_resolve_at is not None:
            case.due_resolve_at += now - case.waiting_since
        case.waiting_since = case.waiting_until = None
