"""The cells of an organisation and the days at which they are cut, read as far as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from analysis.statistics.publication import Cuts, Flags, Numbers, Table, inside, whole
from survey.figures.bases import Facet, bases
from survey.figures.cover import DAY, period_end
from survey.figures.published_tree import TOP, Tree
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


class Cells:
    """Kept from one page to the next: it holds numbers only, nothing of a session."""

    def __init__(self, tree: Tree, least: int, first: date, last: date) -> None:
        self.tree, self.least, self.months = tree, least, Months(first, last)
        self._groups: dict[Any, Group] = {}
        self._read: dict[Any, tuple[list[Any], Numbers]] = {}
        self._series: dict[Facet | None, set[int]] = {}

    def together(self, facet: Facet | None, series_ids: Iterable[int]) -> None:
        """These series will be asked for: one statement then reads all."""
        self._series.setdefault(facet, set()).update(series_ids)

    def cell(self, series_id: int, path: str, facet: Facet | None, value: Any) -> Cell:
        group = self.group(series_id, facet, self.tree.above(path))
        row = group.rows.index(path)
        return Cell(group, row, group.values.index(value) if value in group.values else None)

    def group(self, series_id: int, facet: Facet | None, path: str | None) -> Group:
        key = series_id, facet, path
        if key not in self._groups:
            self._groups[key] = Group(self, series_id, facet, path)
        return self._groups[key]

    def monthly(self, series_id: int, facet: Facet | None) -> tuple[list[Any], Numbers]:
        """The facet's values, and counts by unit, value and month."""
        key = series_id, facet, None
        if key not in self._read:
            self._load(series_id, facet, None)
        return self._read[key]

    def daily(self, series_id: int, facet: Facet | None, month: int) -> Numbers:
        key = series_id, facet, month
        if key not in self._read:
            self._load(series_id, facet, month)
        return self._read[key][1]

    def _load(self, series_id: int, facet: Facet | None, month: int | None) -> None:
        wanted = {one for one in self._series.get(facet, ()) if (one, facet, month) not in self._read}
        wanted.add(series_id)
        starts = self.months.starts
        if month is None:
            grain, first, last, periods = Grain.MONTH, starts[0], starts[-2], len(starts) - 1
        else:
            grain, first, last = Grain.DAY, starts[month], starts[month + 1] - DAY
            periods = self.months.days(month)
        rows: dict[int, list[Any]] = {one: [] for one in wanted}
        for series, *row in bases(wanted, [facet] if facet else [], grain, first, last):
            rows[series].append(row)
        for series, found in rows.items():
            values = [None] if not facet else sorted({row[1] for row in found})
            if month is not None:
                values = self.monthly(series, facet)[0]
            at = self.months.index if month is None else lambda day: (day - first).days
            self._read[series, facet, month] = values, self._array(found, values, periods, at)

    def _array(
        self, rows: Sequence[Any], values: list[Any], periods: int, at: Callable[[date], int]
    ) -> Numbers:
        counts = np.zeros((len(self.tree.numbers), len(values), periods), dtype=np.int64)
        columns = {value: number for number, value in enumerate(values)}
        for unit_id, *value, day, n in rows:
            column = columns.get(value[0]) if value else 0
            unit = self.tree.numbers.get(unit_id)
            if unit is not None and column is not None:
                counts[unit, column, at(day)] += n
        return counts


class Group:
    """The units just below one, by the values of a facet: a table whose sums are the unit's own cells."""

    def __init__(self, cells: Cells, series_id: int, facet: Facet | None, path: str | None) -> None:
        self.cells, self.series_id, self.facet, self.path = cells, series_id, facet, path
        self._members = cells.tree.rows(path)
        self.rows = list(self._members)
        self.values, counts = cells.monthly(series_id, facet)
        self._days: dict[int, Flags] = {}
        rows = self._base.months.cells[:, 0] if facet else None
        columns = self._sums.months.cells[self._row] if self._sums else None
        self.upto = self._summed(
            np.concatenate([np.zeros_like(counts[:, :, :1]), counts.cumsum(axis=2)], axis=2)
        )
        self.months: Cuts = whole(self._table(self.upto, rows, columns), cells.months.order)

    @property
    def _base(self) -> Group:
        return self.cells.group(self.series_id, None, self.path)

    @cached_property
    def _sums(self) -> Group | None:
        """The group in which the unit above all these is a row."""
        if self.path is None:
            return None
        return self.cells.group(self.series_id, self.facet, self.cells.tree.above(self.path))

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
        table = self._table(upto + self.upto[:, :, month, None], rows, columns)
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
        return Table(upto, self.upto[:, :, -1], rows, columns, self.cells.least)


@dataclass(frozen=True)
class Cell:
    group: Group
    row: int
    column: int | None  # None: nobody ever

    @property
    def published(self) -> bool:
        """Not where a unit never had any of a facet's value: what it has beside would follow from its sum."""
        if self.group.facet and self.group.path is not None and not self._any:
            return False
        return self.column is None or bool(self._months[-1])

    @property
    def _any(self) -> bool:
        return self.column is not None and bool(self.group.upto[self.row, self.column, -1])

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
