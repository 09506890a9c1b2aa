"""Personal invitations by the day on which they were made, counted for publication as answers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from survey import clock
from survey.access import limited
from survey.extensions import db
from survey.figures.bases import Facet, Row
from survey.figures.cover import DAY, period_end
from survey.figures.sources import Months
from survey.models import Batch, Grain, Invitation, User
from survey.processing.cuts import period_start

_COLUMNS: dict[Facet, Any] = {Facet.SERVICE: Invitation.service_type_id, Facet.CHANNEL: Batch.channel}


@dataclass(frozen=True)
class Invited:
    """A questionnaire is its own series. Invitations have no language."""

    timezone: str

    def known(self, questionnaire_id: int, person: User | None) -> tuple[date, date] | None:
        seen = select(Invitation.created_at).where(Invitation.questionnaire_id == questionnaire_id)
        if person is not None:
            seen = limited(seen, Invitation.unit_id, person)
        at = Invitation.created_at
        begin, end = (seen.order_by(order).limit(1).scalar_subquery() for order in (at, at.desc()))
        first, last = db.session.execute(select(begin, end)).one()
        return (clock.day_of(first, self.timezone), clock.day_of(last, self.timezone)) if first else None

    def monthly(self, questionnaire_id: int) -> Months:
        """By batches, which are made whole: invitations change with them alone, but for a few that are deleted."""
        made = select(Batch.created_at).where(Batch.questionnaire_id == questionnaire_id)
        days = (clock.day_of(at, self.timezone) for at in db.session.scalars(made))
        return tuple(sorted(Counter(period_start(day, Grain.MONTH) for day in days).items()))

    def rows(
        self, series_ids: Collection[int], facets: Sequence[Facet], grain: Grain, first: date, last: date
    ) -> list[Row]:
        columns = [Invitation.questionnaire_id, Invitation.unit_id, *(_COLUMNS[facet] for facet in facets)]
        statement = (
            select(*columns, Invitation.created_at, func.count())
            .join(Batch, Batch.id == Invitation.batch_id)
            .where(Invitation.questionnaire_id.in_(series_ids))
            .where(Invitation.created_at >= midnight(first, self.timezone))
            .where(Invitation.created_at < midnight(period_end(last, grain) + DAY, self.timezone))
            .group_by(*columns, Invitation.created_at)
        )
        found: Counter[tuple[Any, ...]] = Counter()
        for *key, at, n in db.session.execute(statement):
            found[*key, period_start(clock.day_of(at, self.timezone), grain)] += n
        return [(*key, n) for key, n in found.items()]


def midnight(day: date, timezone: str) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)
