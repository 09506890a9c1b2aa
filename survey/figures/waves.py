"""The periods before and after a day, of several units together: published ones only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from survey.figures.cover import DAY, period_end
from survey.figures.filters import Dimension, Filters
from survey.figures.publication import Publication
from survey.figures.tallies import counts
from survey.models import Grain, Unit, User
from survey.processing.cuts import period_start

REACH = {Grain.WEEK: timedelta(weeks=52), Grain.MONTH: timedelta(days=730)}
"""As far as periods are looked at on each side: farther back, other things happened."""


@dataclass(frozen=True, slots=True)
class Wave:
    """One period: its first day, and what was answered; None where that is not published."""

    day: date
    counted: Counter[str] | None


def whole_periods(known: tuple[date, date], around: date, until: date, grain: Grain) -> list[date]:
    """First days of the periods that are over by `until`, within REACH of a day and with known answers around them."""
    day = period_start(max(known[0], around - REACH[grain]), grain)
    last = min(until, around + REACH[grain])
    found = []
    while period_end(day, grain) <= last and day <= known[1]:
        found.append(day)
        day = period_end(day, grain) + DAY
    return found


def waves(
    person: User | None,
    filters: Filters,
    series_id: int,
    units: Sequence[Unit],
    days: Sequence[date],
    grain: Grain,
    published: Publication,
) -> list[Wave]:
    """The periods that begin on these days, summed over the units: shown when those of every unit are published.

    No unit lies below another.
    """
    if not days:
        return []
    whole = replace(filters, first_on=days[0], last_on=period_end(days[-1], grain))
    found = counts(person, whole, [series_id], [Dimension.PERIOD], grain, units)[series_id]

    def shown(day: date) -> bool:
        one = replace(filters, first_on=day, last_on=period_end(day, grain))
        return all(published.shows(series_id, replace(one, unit_path=unit.path)) for unit in units)

    return [Wave(day, found.get((day,), Counter()) if shown(day) else None) for day in days]
