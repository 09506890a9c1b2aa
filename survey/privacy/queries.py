"""Finding what is stored of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute

from survey.access import unit_ids
from survey.errors import Missing
from survey.extensions import db
from survey.models import Invitation, Response, RoleName, ServiceEvent, User
from survey.processing.subject import document, tidy_receipt
from survey.questions.definition import definition_of

RECEIPT, REFERENCE = "receipt", "reference"


@dataclass(frozen=True, slots=True)
class Found:
    by: str
    sought: str
    responses: Sequence[Response]
    events: Sequence[ServiceEvent]  # by reference only
    unfindable: int  # invitations of anonymous questionnaires: whoever holds the receipt finds their answers

    @property
    def anything(self) -> bool:
        return bool(self.responses or self.events)


def find(by: str, sought: str, person: User | None) -> Found:
    """Within the units that the person may see; None is the command line. Raises Missing."""
    found = _by_receipt(sought, person) if by == RECEIPT else _by_reference(sought.strip(), person)
    if "\x00" in sought or not found.anything:
        raise Missing
    return found


def _mine(column: InstrumentedAttribute[int], person: User | None) -> ColumnElement[bool]:
    if person is None or (person.role == RoleName.ADMINISTRATOR and person.unit is None):
        return true()
    return column.in_(unit_ids(person))


def _by_receipt(sought: str, person: User | None) -> Found:
    receipt = tidy_receipt(sought.replace("\x00", ""))
    mine = _mine(Response.unit_id, person)
    responses = db.session.scalars(select(Response).where(Response.receipt == receipt, mine)).all()
    return Found(RECEIPT, receipt, responses, (), 0)


def _by_reference(sought: str, person: User | None) -> Found:
    reference = sought.replace("\x00", "")
    mine = _mine(ServiceEvent.unit_id, person)
    events = (
        db.session.scalars(select(ServiceEvent).where(ServiceEvent.reference == reference, mine))
        .unique()
        .all()
    )
    invitations = invitations_of(events)
    responses = db.session.scalars(
        select(Response)
        .where(Response.invitation_id.in_([one.id for one in invitations]))
        .order_by(Response.submitted_at, Response.id)
    ).all()
    unfindable = sum(one.used_at is not None and _anonymous(one) for one in invitations)
    return Found(REFERENCE, reference, responses, events, unfindable)


def invitations_of(events: Sequence[ServiceEvent]) -> Sequence[Invitation]:
    ids = [event.id for event in events]
    return db.session.scalars(select(Invitation).where(Invitation.service_event_id.in_(ids))).unique().all()


def _anonymous(invitation: Invitation) -> bool:
    questionnaire = invitation.batch.questionnaire
    return definition_of(questionnaire.published or questionnaire.latest).privacy.anonymous


def documents(found: Found, locale: str) -> dict[str, Any]:
    """The file that a person gets who asks what is stored."""
    services = [
        {
            "reference": event.reference,
            "unit": event.unit.code,
            "service_type": event.service_type.code,
            "served_at": event.served_at.isoformat(),
            "language": event.locale,
            "invitations": [
                {"made_at": one.created_at.isoformat(), "used": one.used_at is not None}
                for one in invitations_of([event])
            ],
        }
        for event in found.events
    ]
    return {"services": services, "responses": [document(one, locale) for one in found.responses]}
