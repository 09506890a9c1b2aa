"""How many valid answers each unit has in each period: what publication goes by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, or_, select

from survey.extensions import db
from survey.figures.measures import NO_CONTENT
from survey.locales import LOCALES
from survey.models import ANY, ANY_SERVICE, Channel, Grain, Series, ServiceType, Tally
from survey.processing.counting import BESIDE, RECEIVED, RESPONSES, UNDECIDED
from survey.processing.cuts import Split, smallest
from survey.questions.base import ANSWERED, MISSING, NA


class Facet(StrEnum):
    """What a filter can tell apart beside units and days."""

    SERVICE = "service_type_id"
    CHANNEL = "channel"
    LOCALE = "locale"


Row = tuple[Any, ...]  # series id, unit id, one value a facet, first day of the period, valid answers


def bases(
    series_ids: Collection[int], facets: Sequence[Facet], grain: Grain, first: date, last: date
) -> list[Row]:
    """Of the periods that begin on the days first…last."""
    nothing = or_(
        Tally.value.in_([NA, MISSING, NO_CONTENT, UNDECIDED, ANSWERED]),
        *(Tally.value.startswith(start) for start in ("flag:", *BESIDE)),
    )
    valid = func.sum(case((nothing, 0), else_=Tally.count))
    persons = func.sum(case((Tally.value == ANSWERED, Tally.count), else_=0))
    columns: list[Any] = [
        Tally.series_id,
        Tally.unit_id,
        *(getattr(Tally, facet) for facet in facets),
        Tally.period_on,
    ]
    kept = smallest(
        Split(*(facet in facets for facet in (Facet.CHANNEL, Facet.LOCALE, Facet.SERVICE))), grain
    )
    statement = (
        select(*columns, valid, persons)
        .where(Tally.series_id.in_(series_ids), Tally.grain == grain, Tally.period_on.between(first, last))
        .where(Tally.channel.in_(list(Channel) if kept.channel else [ANY]))
        .where(Tally.locale.in_(LOCALES if kept.locale else [ANY]))
        .where(Tally.service_type_id.in_(select(ServiceType.id) if kept.service else [ANY_SERVICE]))
        .group_by(*columns)
    )
    return [(*key, int(answered or found)) for *key, found, answered in db.session.execute(statement)]


def monthly_responses(questionnaire_id: int) -> tuple[tuple[date, int], ...]:
    """How many responses were counted in each month: when these change, so may what is published."""
    series = select(Series.id).where(Series.questionnaire_id == questionnaire_id, Series.code == RESPONSES)
    statement = (
        select(Tally.period_on, func.sum(Tally.count))
        .where(Tally.series_id == series.scalar_subquery(), Tally.grain == Grain.MONTH, Tally.channel == ANY)
        .where(Tally.locale == ANY, Tally.service_type_id == ANY_SERVICE, Tally.value == RECEIVED)
        .group_by(Tally.period_on)
        .order_by(Tally.period_on)
    )
    return tuple((month, int(n)) for month, n in db.session.execute(statement))
