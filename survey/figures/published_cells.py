"""The cells of an organisation and the days at which they are cut, worked out as far as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from analysis.statistics.publication import Cuts, Flags, Numbers, Table, inside, whole
from survey.figures.bases import Facet
from survey.figures.cover import DAY
from survey.figures.published_counts import Counts, Months
from survey.figures.published_tree import TOP, Tree


class Cells:
    """Kept from one page to the next: it holds numbers only, nothing of a session."""

    def __init__(self, tree: Tree, least: int, first: date, last: date, counts: Counts) -> None:
        """`first` and `last` are the days of the first and the last response of these units."""
        self.tree, self.least, self.months = tree, least, Months(first, last)
        self._counts, self.source = counts, counts.source
        self._groups: dict[Any, Group] = {}
        self._found: dict[Any, Cell] = {}

    def cell(self, series_id: int, path: str, facet: Facet | None, value: Any) -> Cell:
        key = series_id, path, facet, value
        found = self._found.get(key)
        if found is None:
            group = self.group(series_id, facet, self.tree.above(path))
            column = group.values.index(value) if value in group.values else None
            found = self._found[key] = Cell(group, group.rows[path], column)
        return found

    def group(self, series_id: int, facet: Facet | None, path: str | None) -> Group:
        key = series_id, facet, path
        if key not in self._groups:
            self._groups[key] = Group(self, series_id, facet, path)
        return self._groups[key]

    def monthly(self, series_id: int, facet: Facet | None) -> tuple[list[Any], Numbers]:
        """The facet's values, and counts by unit, value and month."""
        counted = self._counts.monthly(series_id, facet)
        begin = self._counts.months.index(self.months.starts[0])
        months = slice(begin, begin + len(self.months.starts) - 1)
        return counted.values, counted.of(self.tree.numbers)[:, :, months]

    def daily(self, series_id: int, facet: Facet | None, month: int) -> Numbers:
        return self._counts.daily(series_id, facet, self.months.starts[month]).of(self.tree.numbers)


class Group:
    """The units just below one, by the values of a facet: a table whose sums are the unit's own cells."""

    def __init__(self, cells: Cells, series_id: int, facet: Facet | None, path: str | None) -> None:
        self.cells, self.series_id, self.facet, self.path = cells, series_id, facet, path
        self._members = cells.tree.rows(path)
        self.rows = {row: number for number, row in enumerate(self._members)}
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
        return self._sums.rows[self.path or TOP]

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

    def _cut_at(self, day: date) -> bool:
        """The usual case, told without a list of all cuts."""
        if self.column is None:
            return True
        months, flags = self.group.cells.months, self._months
        at = months.index(day)
        if day == months.starts[at]:
            return bool(flags[at])
        if not (flags[at] and flags[at + 1]):
            return False
        return bool(self.group.days(at)[self.row, self.column, (day - months.starts[at]).days])

    def cut_at_both(self, begin: date, end: date) -> bool:
        """Whether what lies between is published."""
        return self.published and self._cut_at(begin) and self._cut_at(end)

    def before(self, day: date) -> date:
        """The last cut up to the day."""
        return day if self._cut_at(day) else max(cut for cut in self._cuts(day) if cut <= day)

    def after(self, day: date) -> date:
        """The first cut from the day on."""
        return day if self._cut_at(day) else min(cut for cut in self._cuts(day) if cut >= day)


def _mondays_first(months: Months, month: int) -> list[int]:
    start = months.starts[month]
    return sorted(range(1, months.days(month)), key=lambda day: ((start + day * DAY).weekday() != 0, day))
