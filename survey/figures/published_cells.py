"""The cells of an organisation and the days at which they are cut, read as far as they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from analysis.statistics.publication import Cuts, Flags, Numbers, Table, inside, whole
from survey.figures.bases import Facet, bases
from survey.figures.cover import DAY, period_end
from survey.figures.places import Places
from survey.models import Grain
from survey.processing.cuts import period_start

TOP = ""  # the path of everything a person may see together
OWN = "own"  # behind a path: what was answered about the unit itself, not about one below


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


class Cells:
    def __init__(self, seen: Places, least: int, first: date, last: date) -> None:
        self.seen, self.least, self.months = seen, least, Months(first, last)
        self._number = {unit_id: number for number, unit_id in enumerate(seen.units)}
        self._groups: dict[Any, Group] = {}
        self._read: dict[Any, tuple[list[Any], Numbers]] = {}

    def cell(self, series_id: int, path: str, facet: Facet | None, value: Any) -> Cell:
        group = self.group(series_id, facet, self.above(path))
        row = group.rows.index(path)
        return Cell(group, row, group.values.index(value) if value in group.values else None)

    def above(self, path: str) -> str | None:
        """The path of the group a unit belongs to; everything together is in a group of its own."""
        if path.endswith(OWN):
            return path.removesuffix(OWN)
        unit = self.seen.at(path)
        if unit is None:
            return None
        parent = self.seen.parent(unit)
        return parent.path if parent else TOP

    def group(self, series_id: int, facet: Facet | None, path: str | None) -> Group:
        key = series_id, facet, path
        if key not in self._groups:
            self._groups[key] = Group(self, series_id, facet, path)
        return self._groups[key]

    def number(self, unit_id: int) -> int | None:
        return self._number.get(unit_id)

    def rows(self, path: str | None) -> dict[str, list[int]]:
        """The rows of a group: for each its path and the numbers of its units."""
        if path is None:
            return {TOP: list(self._number.values())}
        if path == TOP:
            tops = self.seen.roots
        else:
            tops = [unit for unit in self.seen.units.values() if self.above(unit.path) == path]
        found = {top.path: [self._number[unit.id] for unit in self.seen.below(top.path)] for top in tops}
        own = self.seen.at(path)
        return found | ({path + OWN: [self._number[own.id]]} if own else {})

    def monthly(self, series_id: int, facet: Facet | None) -> tuple[list[Any], Numbers]:
        """The facet's values, and counts by unit, value and month."""
        key = series_id, facet
        if key not in self._read:
            first, last = self.months.starts[0], self.months.starts[-2]
            found = bases(series_id, [facet] if facet else [], Grain.MONTH, first, last)
            values = sorted({row[1] for row in found}) if facet else [None]
            self._read[key] = values, self._array(found, values, facet, len(self.months.starts) - 1, None)
        return self._read[key]

    def daily(self, series_id: int, facet: Facet | None, month: int) -> Numbers:
        key = series_id, facet, month
        if key not in self._read:
            first, last = self.months.starts[month], self.months.starts[month + 1] - DAY
            found = bases(series_id, [facet] if facet else [], Grain.DAY, first, last)
            values = self.monthly(series_id, facet)[0]
            self._read[key] = values, self._array(found, values, facet, self.months.days(month), first)
        return self._read[key][1]

    def _array(
        self, found: Sequence[Any], values: list[Any], facet: Facet | None, periods: int, first: date | None
    ) -> Numbers:
        counts = np.zeros((len(self._number), len(values), periods), dtype=np.int64)
        columns = {value: number for number, value in enumerate(values)}
        for unit_id, *value, day, n in found:
            column = columns.get(value[0]) if facet else 0
            if unit_id in self._number and column is not None:
                period = (day - first).days if first else self.months.index(day)
                counts[self._number[unit_id], column, period] += n
        return counts


class Group:
    """The units just below one, by the values of a facet: a table whose sums are the unit's own cells."""

    def __init__(self, cells: Cells, series_id: int, facet: Facet | None, path: str | None) -> None:
        self.cells, self.series_id, self.facet, self.path = cells, series_id, facet, path
        self._members = cells.rows(path)
        self.rows = list(self._members)
        self.values, counts = cells.monthly(series_id, facet)
        self._days: dict[int, Flags] = {}
        rows = self._base.months.cells[:, 0] if facet else None
        columns = self._sums.months.cells[self._row] if self._sums else None
        self._upto = self._summed(
            np.concatenate([np.zeros_like(counts[:, :, :1]), counts.cumsum(axis=2)], axis=2)
        )
        self.months: Cuts = whole(self._table(self._upto, rows, columns), cells.months.order)

    @property
    def _base(self) -> Group:
        return self.cells.group(self.series_id, None, self.path)

    @cached_property
    def _sums(self) -> Group | None:
        """The group in which the unit above all these is a row."""
        if self.path is None:
            return None
        return self.cells.group(self.series_id, self.facet, self.cells.above(self.path))

    @property
    def _row(self) -> int:
        assert self._sums is not None
        return self._sums.rows.index(self.path or TOP)

    def days(self, month: int) -> Flags:
        """Cuts at the beginnings of the month's days and at its end."""
        if month not in self._days:
            self._days[month] = self._inside(month)
        return self._days[month]

    def _inside(self, month: int) -> Flags:
        both = self.months.cells[:, :, month] & self.months.cells[:, :, month + 1]
        if not both.any():
            return np.zeros((*both.shape, self.cells.months.days(month) + 1), dtype=bool)
        rows = self._base.days(month)[:, 0] if self.facet else None
        columns = self._sums.days(month)[self._row] if self._sums else None
        daily = self._summed(self.cells.daily(self.series_id, self.facet, month))
        upto = np.concatenate([np.zeros_like(daily[:, :, :1]), daily.cumsum(axis=2)], axis=2)
        table = self._table(upto + self._upto[:, :, month, None], rows, columns)
        known = self.months.lines
        return inside(
            table, both, known[month], known[month + 1], _mondays_first(self.cells.months, month)
        ).cells

    def _summed(self, counts: Numbers) -> Numbers:
        return np.stack([counts[numbers].sum(axis=0) for numbers in self._members.values()])

    def _table(self, upto: Numbers, rows: Flags | None, columns: Flags | None) -> Table:
        height, width, boundaries = upto.shape
        if rows is None:
            rows = np.ones((height, boundaries), dtype=bool)
        if columns is None:
            columns = np.ones((width, boundaries), dtype=bool)
        return Table(upto, self._upto[:, :, -1], rows, columns, self.cells.least)


@dataclass(frozen=True)
class Cell:
    group: Group
    row: int
    column: int | None  # None: nobody ever

    @property
    def published(self) -> bool:
        return self.column is None or bool(self._months[-1])

    @property
    def _months(self) -> Flags:
        found: Flags = self.group.months.cells[self.row, self.column]
        return found

    def _cuts(self, day: date) -> list[date]:
        """The cuts in the day's month, and of all months."""
        months = self.group.cells.months
        starts = months.starts
        found = [starts[at] for at in np.flatnonzero(self._months)]
        at = months.index(day)
        if day != starts[at] and self._months[at] and self._months[at + 1]:
            inner = self.group.days(at)[self.row, self.column]
            found += [starts[at] + int(number) * DAY for number in np.flatnonzero(inner)]
        return found

    def before(self, day: date) -> date:
        """The last cut up to the day."""
        return day if self.column is None else max(cut for cut in self._cuts(day) if cut <= day)

    def after(self, day: date) -> date:
        """The first cut from the day on."""
        return day if self.column is None else min(cut for cut in self._cuts(day) if cut >= day)


def _mondays_first(months: Months, month: int) -> list[int]:
    start = months.starts[month]
    return sorted(range(1, months.days(month)), key=lambda day: ((start + day * DAY).weekday() != 0, day))
