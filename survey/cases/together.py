"""Cases that belong together, and units that do."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from survey import clock
from survey.cases.life import By, Step, locked, take, told
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Case, CaseHappened, CaseKind, CaseResponse, CaseState, CaseUnit, Unit


def merge(into: Case, others: Sequence[Case], by: By, why: str) -> None:
    """What the others were about moves to the one that stays; they are closed, and say where they went."""
    said = {"text": told(why, "why")}
    if not others:
        raise Invalid(_l("Please choose at least one case."), field="others")
    for case in sorted((into, *others), key=lambda one: one.id):
        locked(case)
    if into in others or not all(case.is_running for case in (into, *others)):
        raise Conflict(_l("Only open cases can be merged."))
    if into.kind == CaseKind.DRILL:
        raise Conflict(_l("This is a drill: it is acknowledged, and ends."))
    if any((case.unit_id, case.kind) != (into.unit_id, into.kind) for case in others):
        raise Conflict(_l("Only cases of one unit and of one kind can be merged."), field="others")
    for case in others:
        _moved(into, case)
        case.merged_into_id = into.id
        take(case, Step(CaseHappened.MERGED, by, CaseState.CLOSED, said, details={"into": into.public_id}))
        details = {"from_case": case.public_id, "responses": case.responses}
        take(into, Step(CaseHappened.MERGED, by, said=said, details=details))


def _moved(into: Case, case: Case) -> None:
    """The case keeps rows of what it was about, for who reads it later; they are the other's now."""
    theirs = CaseResponse.case_id == case.id
    responses = db.session.scalars(select(CaseResponse.response_id).where(theirs)).all()
    db.session.execute(update(CaseResponse).where(theirs).values(running=False))
    known = set(db.session.scalars(select(CaseResponse.response_id).where(CaseResponse.case_id == into.id)))
    db.session.add_all(
        [CaseResponse(case_id=into.id, response_id=one) for one in responses if one not in known]
    )
    into.responses += sum(one not in known for one in responses)
    into.priority = max(into.priority, case.priority)
    worst = ("serious", "ordinary", "attention")
    into.severity = min(into.severity, case.severity, key=worst.index)
    for limit in ("due_acknowledge_at", "due_contact_at", "due_resolve_at"):
        ends = [end for end in (getattr(into, limit), getattr(case, limit)) if end]
        setattr(into, limit, min(ends, default=None))
    new = [one for one in case.reasons if one not in into.reasons]
    into.reasons = [*into.reasons, *new]
    db.session.flush()


def involve(case: Case, unit: Unit, by: By, why: str) -> None:
    """A second unit is asked to help: its staff see the case from now on."""
    locked(case)
    said = {"text": told(why, "why")}
    if not case.is_running:
        raise Conflict(_l("This case is closed."))
    if unit.id == case.unit_id or db.session.get(CaseUnit, (case.id, unit.id)) is not None:
        raise Conflict(_l("This unit takes part already."), field="unit")
    db.session.add(CaseUnit(case_id=case.id, unit_id=unit.id, since=clock.now()))
    take(case, Step(CaseHappened.INVOLVED, by, said=said, details={"unit": unit.id}))
