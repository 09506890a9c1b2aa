"""How many valid answers each unit has in each period: what publication goes by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, or_, select

from survey.extensions import db
from survey.figures.measures import NO_CONTENT
from survey.locales import LOCALES
from survey.models import ANY, ANY_SERVICE, Channel, Grain, ServiceType, Tally
from survey.questions.base import ANSWERED, MISSING, NA


class Facet(StrEnum):
    """What a filter can tell apart beside units and days."""

    SERVICE = "service_type_id"
    CHANNEL = "channel"
    LOCALE = "locale"


Row = tuple[Any, ...]  # unit id, one value a facet, first day of the period, valid answers


def bases(series_id: int, facets: Sequence[Facet], grain: Grain, first: date, last: date) -> list[Row]:
    """Of the periods that begin on the days first…last."""
    nothing = or_(Tally.value.in_([NA, MISSING, NO_CONTENT, ANSWERED]), Tally.value.startswith("flag:"))
    valid = func.sum(case((nothing, 0), else_=Tally.count))
    persons = func.sum(case((Tally.value == ANSWERED, Tally.count), else_=0))
    columns: list[Any] = [Tally.unit_id, *(getattr(Tally, facet) for facet in facets), Tally.period_on]
    kept = set(Facet) if len(facets) > 1 else set(facets)  # the cut of several is full detail
    statement = (
        select(*columns, valid, persons)
        .where(Tally.series_id == series_id, Tally.grain == grain, Tally.period_on.between(first, last))
        .where(Tally.channel.in_(list(Channel) if Facet.CHANNEL in kept else [ANY]))
        .where(Tally.locale.in_(LOCALES if Facet.LOCALE in kept else [ANY]))
        .where(Tally.service_type_id.in_(select(ServiceType.id) if Facet.SERVICE in kept else [ANY_SERVICE]))
        .group_by(*columns)
    )
    return [(*key, int(answered or found)) for *key, found, answered in db.session.execute(statement)]
