"""Reading batches of invitations, within the units a person may see."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, or_, select, true
from sqlalchemy.orm import selectinload

from analysis.statistics.shares import response_rate
from analysis.types import Estimate
from survey.access import unit_ids
from survey.distribute.events import Known
from survey.errors import Missing
from survey.extensions import db
from survey.models import Batch, Invitation, Questionnaire, RoleName, ServiceType, Unit, User
from survey.questions.definition import definition_of

PAGE = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the invitations of a batch that a person may see."""

    made: int
    used: int
    expired: int  # unused and too late
    hidden: bool  # too few to tell how many of them were used

    @property
    def waiting(self) -> int:
        return self.made - self.used - self.expired

    @property
    def rate(self) -> Estimate:
        return response_rate(self.used, self.made)


NONE = Counts(0, 0, 0, hidden=False)


def mine(person: User | None) -> ColumnElement[bool]:
    """A condition on Invitation; None is the command line, which sees all."""
    if person is None or (person.role == RoleName.ADMINISTRATOR and person.unit is None):
        return true()
    return Invitation.unit_id.in_(unit_ids(person))


def _visible(person: User) -> ColumnElement[bool]:
    seen = exists().where(Invitation.batch_id == Batch.id, mine(person))
    return or_(seen, Batch.created_by == person.id)


def batches(person: User, page: int = 1) -> tuple[Sequence[Batch], bool]:
    """One page, newest first, and whether there are more."""
    found = db.session.scalars(
        select(Batch)
        .where(_visible(person))
        .order_by(Batch.created_at.desc(), Batch.id)
        .options(selectinload(Batch.questionnaire).selectinload(Questionnaire.versions))
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    return found[:PAGE], len(found) > PAGE


def batch_of(person: User, number: uuid.UUID) -> Batch:
    """Raises Missing for a batch that does not exist or has nothing of this person's units."""
    found: Batch | None = db.session.scalar(select(Batch).where(Batch.id == number, _visible(person)))
    if found is None:
        raise Missing
    return found


def counts(found: Sequence[Batch], person: User, at: datetime, min_n: int) -> dict[uuid.UUID, Counts]:
    """Of anonymous questionnaires, how many of fewer than `min_n` were used is not told."""
    unused = Invitation.used_at.is_(None)
    rows = db.session.execute(
        select(
            Invitation.batch_id,
            func.count(),
            func.count(Invitation.used_at),
            func.sum(case((unused & (Invitation.expires_at <= at), 1), else_=0)),
        )
        .where(Invitation.batch_id.in_([batch.id for batch in found]), mine(person))
        .group_by(Invitation.batch_id)
    )
    counted = {number: (made, used, int(expired)) for number, made, used, expired in rows}
    return {
        batch.id: Counts(*counted[batch.id], hidden=is_anonymous(batch) and counted[batch.id][0] < min_n)
        if batch.id in counted
        else NONE
        for batch in found
    }


def is_anonymous(batch: Batch) -> bool:
    questionnaire = batch.questionnaire
    return definition_of(questionnaire.published or questionnaire.latest).privacy.anonymous


def known(person: User | None, timezone: str, now: datetime) -> Known:
    """The codes that a file may name: open units this person sees, open service types."""
    units = select(Unit.code, Unit.id).where(Unit.closed_at.is_(None))
    if person is not None:
        units = units.where(Unit.id.in_(unit_ids(person)))
    types = select(ServiceType.code, ServiceType.id).where(ServiceType.closed_at.is_(None))
    return Known(
        units={row.code: row.id for row in db.session.execute(units)},
        service_types={row.code: row.id for row in db.session.execute(types)},
        timezone=timezone,
        now=now,
    )
