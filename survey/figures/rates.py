"""How many of the personal invitations were answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from analysis.statistics import no_change, response_rate
from analysis.statistics.change import between
from analysis.types import Comparison, Estimate, Reason
from analysis.types import Unit as Measure
from survey.access import limited
from survey.extensions import db
from survey.figures.filters import Filters
from survey.figures.measures import hidden
from survey.models import Batch, Invitation, Unit, User


def invitation_rate(
    person: User | None, filters: Filters, timezone: str, min_n: int
) -> tuple[Estimate, Comparison] | None:
    """Of the invitations made on these days, with the change; None when none was made, or language is a filter."""
    if filters.locale or not _any(filters.questionnaire_id):
        return None
    now = _rate(person, filters, timezone)
    before = _rate(person, filters.before(), timezone)
    if now.n == 0:
        return None
    small = [rate for rate in (now, before) if 0 < rate.n < min_n]
    change = no_change(now.metric, Measure.PERCENT, Reason.SUPPRESSED) if small else between(now, before)
    return (hidden(now) if now in small else now), change


def _rate(person: User | None, filters: Filters, timezone: str) -> Estimate:
    columns: tuple[Any, ...] = (func.count(), func.count(Invitation.used_at))
    statement: Select[Any] = select(*columns).where(
        Invitation.questionnaire_id == filters.questionnaire_id,
        Invitation.created_at >= midnight(filters.first_on, timezone),
        Invitation.created_at < midnight(filters.last_on + timedelta(days=1), timezone),
    )
    if filters.unit_path:
        below = Unit.path.startswith(filters.unit_path, autoescape=True)
        statement = statement.where(Invitation.unit_id.in_(select(Unit.id).where(below)))
    if filters.service_type_ids:
        statement = statement.where(Invitation.service_type_id.in_(sorted(filters.service_type_ids)))
    if filters.channel:
        batches = select(Batch.id).where(Batch.channel == filters.channel)
        statement = statement.where(Invitation.batch_id.in_(batches))
    if person:
        statement = limited(statement, Invitation.unit_id, person)
    sent, used = db.session.execute(statement).one()
    return response_rate(used, sent)


def _any(questionnaire_id: int) -> bool:
    first = select(Invitation.id).where(Invitation.questionnaire_id == questionnaire_id).limit(1)
    return db.session.scalar(first) is not None


def midnight(day: date, timezone: str) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)
