"""Valid answers by unit, value of a facet and period: read once for everybody, as far as they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from analysis.statistics.publication import Numbers
from survey.figures.bases import Facet, Row
from survey.figures.cover import DAY, period_end
from survey.figures.sources import Source
from survey.models import Grain
from survey.processing.cuts import period_start


@dataclass(frozen=True)
class Months:
    """The months with responses: boundaries in time are their beginnings and the end of the last."""

    first: date
    last: date

    @cached_property
    def starts(self) -> list[date]:
        found = [period_start(self.first, Grain.MONTH)]
        while found[-1] <= self.last:
            found.append(period_end(found[-1], Grain.MONTH) + DAY)
        return found

    @cached_property
    def order(self) -> list[int]:
        """The boundaries between the ends: years, then quarters, then months."""
        month = [day.month for day in self.starts]
        return sorted(range(1, len(month) - 1), key=lambda at: (month[at] != 1, month[at] % 3 != 1, at))

    def index(self, day: date) -> int:
        return (day.year - self.starts[0].year) * 12 + day.month - self.starts[0].month

    def days(self, month: int) -> int:
        return (self.starts[month + 1] - self.starts[month]).days

    def ends(self, first: date, last: date) -> tuple[date, date]:
        """The days first…last as boundaries: before the first response and after the last is nothing."""
        begin = self.starts[0] if first <= self.first else first
        return begin, self.starts[-1] if last >= self.last else last + DAY


@dataclass(frozen=True)
class Counted:
    """`counts[unit, value, period]`; a unit that is not among `units` has none."""

    units: dict[int, int]  # id -> number
    values: list[Any]
    counts: Numbers

    def of(self, unit_ids: Iterable[int]) -> Numbers:
        """The counts of these units, in their order."""
        numbers = [self.units.get(unit_id, -1) for unit_id in unit_ids]
        nobody = np.zeros((1, *self.counts.shape[1:]), dtype=np.int64)
        return np.concatenate([self.counts, nobody])[numbers]


class Counts:
    """Of one questionnaire, all units. Numbers only, nothing of a session; what is read stays as it was."""

    def __init__(self, source: Source, first: date, last: date) -> None:
        self.source, self.months = source, Months(first, last)
        self._read: dict[tuple[int, Facet | None, date | None], Counted] = {}
        self._wanted: dict[tuple[Facet | None, date | None], set[int]] = defaultdict(set)

    def together(self, facet: Facet | None, series_ids: Iterable[int], days: Iterable[date]) -> None:
        """These series will be asked for, by month and by the days of the days' months: read them at once."""
        wanted = set(series_ids)
        for start in (None, *(period_start(day, Grain.MONTH) for day in days)):
            self._wanted[facet, start] |= wanted

    def monthly(self, series_id: int, facet: Facet | None) -> Counted:
        return self._of(series_id, facet, None)

    def daily(self, series_id: int, facet: Facet | None, start: date) -> Counted:
        """Of the days of the month that begins there; values as by month."""
        return self._of(series_id, facet, start)

    def _of(self, series_id: int, facet: Facet | None, start: date | None) -> Counted:
        key = series_id, facet, start
        if key not in self._read:
            more = [one for one in self._wanted[facet, start] if (one, facet, start) not in self._read]
            self._load({series_id, *more}, facet, start)
        return self._read[key]

    def _load(self, series_ids: set[int], facet: Facet | None, start: date | None) -> None:
        months = self.months
        at: Callable[[date], int] = months.index
        grain, first, last, periods = Grain.MONTH, months.starts[0], months.starts[-2], len(months.starts) - 1
        if start is not None:
            at = lambda day: (day - start).days  # noqa: E731
            grain, first, periods = Grain.DAY, start, months.days(months.index(start))
            last = start + (periods - 1) * DAY
        rows: dict[int, list[Row]] = {one: [] for one in series_ids}
        for row in self.source.rows(series_ids, [facet] if facet else [], grain, first, last):
            rows[row[0]].append(row)
        for series, found in rows.items():
            values = sorted({row[2] for row in found}) if facet else [None]
            if start is not None:
                values = self.monthly(series, facet).values
            self._read[series, facet, start] = _counted(found, values, periods, at)


def _counted(rows: Iterable[Row], values: list[Any], periods: int, at: Callable[[date], int]) -> Counted:
    """Without a facet all rows are of the one value None; rows of other values are left out."""
    cells = [(row[1], None if values == [None] else row[2], row[-2], row[-1]) for row in rows]
    units = {unit_id: number for number, unit_id in enumerate(sorted({cell[0] for cell in cells}))}
    columns = {value: number for number, value in enumerate(values)}
    days = {day: at(day) for day in {cell[2] for cell in cells}}
    counts = np.zeros((len(units), len(values), periods), dtype=np.int64)
    for unit_id, value, day, n in cells:
        column = columns.get(value)
        if column is not None:
            counts[units[unit_id], column, days[day]] += n
    return Counted(units, values, counts)
