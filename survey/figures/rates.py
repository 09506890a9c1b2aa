"""How many of the personal invitations were answered; published as answers are, on days of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select

from analysis.statistics import no_change, response_rate
from analysis.statistics.change import between
from analysis.types import Comparison, Estimate, Reason
from analysis.types import Unit as Measure
from survey.access import limited
from survey.extensions import db
from survey.figures.filters import Filters
from survey.figures.invited import Invited, midnight
from survey.figures.measures import hidden
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.models import Batch, Invitation, Unit, User


@dataclass(frozen=True, slots=True)
class InvitationRate:
    """Of the invitations made on the days of `filters`, which may be more than were asked for."""

    filters: Filters
    estimate: Estimate
    change: Comparison


def invitation_rate(
    person: User | None, asked: Filters, timezone: str, seen: Places, min_n: int
) -> InvitationRate | None:
    """None when no invitation was made on these days, or language is a filter."""
    if asked.locale:
        return None
    published = Publication(person, asked.questionnaire_id, seen, min_n, Invited(timezone))
    filters = published.snap(asked.questionnaire_id, asked)
    if filters is None:
        return InvitationRate(asked, hidden(response_rate(0, 0)), _unknown())
    now = _rate(person, filters, timezone)
    if now.n == 0:
        return None
    before = filters.before()
    if not published.shows(asked.questionnaire_id, before):
        return InvitationRate(filters, now, _unknown())
    return InvitationRate(filters, now, between(now, _rate(person, before, timezone)))


def _unknown() -> Comparison:
    return no_change(response_rate(0, 0).metric, Measure.PERCENT, Reason.SUPPRESSED)


def _rate(person: User | None, filters: Filters, timezone: str) -> Estimate:
    columns: tuple[Any, ...] = (func.count(), func.count(Invitation.used_at))
    statement: Select[Any] = select(*columns).where(
        Invitation.questionnaire_id == filters.questionnaire_id,
        Invitation.created_at >= midnight(filters.first_on, timezone),
        Invitation.created_at < midnight(filters.last_on + timedelta(days=1), timezone),
    )
    units = select(Unit.id).where(Unit.path.startswith(filters.unit_path, autoescape=True))
    seen = limited(units, Unit.id, person) if person else units
    if filters.unit_path or seen is not units:  # by number: the database goes straight to the days of each
        statement = statement.where(Invitation.unit_id.in_(db.session.scalars(seen).all()))
    if filters.service_type_ids:
        statement = statement.where(Invitation.service_type_id.in_(sorted(filters.service_type_ids)))
    if filters.channel:
        batches = select(Batch.id).where(Batch.channel == filters.channel)
        statement = statement.where(Invitation.batch_id.in_(batches))
    sent, used = db.session.execute(statement).one()
    return response_rate(used, sent)
