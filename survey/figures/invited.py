"""Personal invitations by the day on which they were made, counted for publication as answers are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from survey.access import counted
from survey.extensions import db
from survey.figures.bases import Facet, Row
from survey.figures.sources import Months
from survey.models import ANY, ANY_SERVICE, Channel, Grain, InvitationTally, ServiceType, User


def cut(
    grain: Grain, channels: Collection[str] = (), services: Collection[int] = ()
) -> list[ColumnElement[bool]]:
    """Of the counters: told apart by what is given, summed over the rest."""
    return [
        InvitationTally.grain == grain,
        InvitationTally.channel.in_(channels or [ANY]),
        InvitationTally.service_type_id.in_(services or [ANY_SERVICE]),
    ]


@dataclass(frozen=True)
class Invited:
    """A questionnaire is its own series. Invitations have no language."""

    def known(self, questionnaire_id: int, person: User | None) -> tuple[date, date] | None:
        """The first of an order, not a minimum: both databases then stop reading the key where they find it."""
        day = InvitationTally.period_on
        seen = select(day).where(InvitationTally.questionnaire_id == questionnaire_id, *cut(Grain.DAY))
        seen = counted(seen, InvitationTally.unit_id, person)
        begin, end = (seen.order_by(order).limit(1).scalar_subquery() for order in (day, day.desc()))
        first, last = db.session.execute(select(begin, end)).one()
        return (first, last) if first else None

    def monthly(self, questionnaire_id: int) -> Months:
        month = InvitationTally.period_on
        statement = (
            select(month, func.sum(InvitationTally.sent))
            .where(InvitationTally.questionnaire_id == questionnaire_id, *cut(Grain.MONTH))
            .group_by(month)
            .order_by(month)
        )
        return tuple((first, int(n)) for first, n in db.session.execute(statement))

    def rows(
        self, series_ids: Collection[int], facets: Sequence[Facet], grain: Grain, first: date, last: date
    ) -> list[Row]:
        tally = InvitationTally
        columns: list[Any] = [
            tally.questionnaire_id,
            tally.unit_id,
            *(getattr(tally, facet) for facet in facets),
        ]
        channels = list(Channel) if Facet.CHANNEL in facets else []
        services = list(db.session.scalars(select(ServiceType.id))) if Facet.SERVICE in facets else []
        statement = (
            select(*columns, tally.period_on, func.sum(tally.sent))
            .where(tally.questionnaire_id.in_(series_ids), *cut(grain, channels, services))
            .where(tally.period_on.between(first, last))
            .group_by(*columns, tally.period_on)
        )
        return [(*key, int(n)) for *key, n in db.session.execute(statement)]
