"""Which stored tallies answer for a range of days: the coarsest cuts, each day exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.models import Grain
from survey.processing.cuts import period_start

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive whole periods of one grain: the days first…last."""

    grain: Grain
    first: date
    last: date


def cover(first: date, last: date, grains: Sequence[Grain]) -> list[Part]:
    """first…last in whole periods of the first grain, and the edges in the next ones. The last grain is DAY."""
    if first > last:
        return []
    grain, *finer = grains
    if grain == Grain.DAY:
        return [Part(grain, first, last)]
    begin = first if period_start(first, grain) == first else period_end(first, grain) + DAY
    end = period_start(last + DAY, grain) - DAY
    if begin > end:
        return cover(first, last, finer)
    whole = Part(grain, begin, end)
    return [*cover(first, begin - DAY, finer), whole, *cover(end + DAY, last, finer)]


def period_end(day: date, grain: Grain) -> date:
    """The last day of the day's period."""
    if grain == Grain.WEEK:
        return period_start(day, grain) + 6 * DAY
    if grain == Grain.MONTH:
        return period_start(day.replace(day=28) + 4 * DAY, grain) - DAY
    return day


def grains_for(wanted: Grain | None, *, weeks: bool) -> tuple[Grain, ...]:
    """The grains that can answer, coarsest first: for periods of a wanted grain, or for a sum. `weeks`: kept too."""
    if wanted == Grain.DAY or (wanted == Grain.WEEK and not weeks):
        return (Grain.DAY,)
    if wanted == Grain.WEEK:
        return (Grain.WEEK, Grain.DAY)
    if wanted == Grain.MONTH or not weeks:
        return (Grain.MONTH, Grain.DAY)
    return (Grain.MONTH, Grain.WEEK, Grain.DAY)


def widened(first: date, last: date, known: tuple[date, date], grain: Grain) -> tuple[date, date]:
    """The same responses in whole periods where that is possible: before and after the known days is nothing."""
    earliest, latest = known
    if first <= earliest:
        first = period_start(earliest, grain)
    if last >= latest:
        last = period_end(latest, grain)
    return first, last
