"""Which tallies a count belongs to: the three cuts of models/tally.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from survey.models import ANY, Grain


class Cell(NamedTuple):
    """A tally's key, in the order of the table's primary key."""

    series_id: int
    grain: str
    channel: str
    locale: str
    period_on: date
    unit_id: int
    service_type_id: int
    value: str


class Place(NamedTuple):
    """Where a response belongs."""

    day: date
    unit_id: int
    service_type_id: int
    channel: str
    locale: str


@lru_cache(maxsize=4096)
def period_start(day: date, grain: str) -> date:
    """The first day of the day's period: itself, the Monday of its ISO week, the first of its month."""
    if grain == Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == Grain.MONTH else day


@lru_cache(maxsize=65536)
def keys(place: Place) -> tuple[tuple[str, str, str, date, int, int], ...]:
    """(grain, channel, locale, period, unit, service type) of every cut."""
    day, unit, service, channel, locale = place
    month = period_start(day, Grain.MONTH)
    return (
        (Grain.DAY.value, channel, locale, day, unit, service),
        (Grain.MONTH.value, channel, locale, month, unit, service),
        (Grain.MONTH.value, ANY, ANY, month, unit, service),
        (Grain.WEEK.value, ANY, ANY, period_start(day, Grain.WEEK), unit, service),
    )


def cells(place: Place, counts: Iterable[tuple[int, str]]) -> Iterator[Cell]:
    """Every cell that one response with these (series id, value) counts adds one to."""
    found = keys(place)
    for series_id, value in counts:
        for grain, channel, locale, period, unit, service in found:
            yield Cell(series_id, grain, channel, locale, period, unit, service, value)
