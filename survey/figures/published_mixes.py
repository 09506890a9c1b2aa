"""Filters on several of service type, channel and language at once: published by whole months where nobody is few.

A month is open for a unit when, of every combination of the filters' values, many or nobody answered, for it, for
the units beside it, and for all above. Otherwise what is hidden in one table would follow from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from survey.figures.bases import Facet
from survey.figures.cover import DAY
from survey.figures.published_cells import Cells
from survey.models import Grain


class Mixes:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._read: dict[Any, dict[int, Counter[tuple[Any, ...]]]] = {}
        self._found: dict[Any, bool] = {}
        self._opened: dict[Any, bool] = {}

    def snap(
        self, series_id: int, path: str, facets: Mapping[Facet, Sequence[Any]], begin: date, end: date
    ) -> tuple[date, date] | None:
        """Whole months around the days, where each is open."""
        months = self._cells.months
        first, last = months.index(begin), months.index(end - DAY)
        if all(self._open(series_id, path, tuple(facets), month) for month in range(first, last + 1)):
            return months.starts[first], months.starts[last + 1]
        return None

    def _open(self, series_id: int, path: str, facets: tuple[Facet, ...], month: int) -> bool:
        """Whether every group from the one with this row to the topmost fits."""
        key = series_id, path, facets, month
        if key not in self._opened:
            above = self._cells.tree.above(path)
            self._opened[key] = self._fits(series_id, above, facets, month) and (
                above is None or self._open(series_id, above, facets, month)
            )
        return self._opened[key]

    def _fits(self, series_id: int, path: str | None, facets: tuple[Facet, ...], month: int) -> bool:
        key = series_id, path, facets, month
        if key not in self._found:
            self._found[key] = self._whole(series_id, path, facets, month) and self._many(
                series_id, path, facets, month
            )
        return self._found[key]

    def _whole(self, series_id: int, path: str | None, facets: tuple[Facet, ...], month: int) -> bool:
        """Whether without any filter, and with each one alone, the month is published of every row of a group."""
        groups = [self._cells.group(series_id, facet, path) for facet in (None, *facets)]
        return all(bool(group.months.cells[:, :, [month, month + 1]].all()) for group in groups)

    def _many(self, series_id: int, path: str | None, facets: tuple[Facet, ...], month: int) -> bool:
        """Whether in all rows of a group all combinations have many or nobody."""
        counts = self._counts(series_id, facets, month)
        for numbers in self._cells.tree.rows(path).values():
            found: Counter[tuple[Any, ...]] = Counter()
            for number in numbers:
                found.update(counts.get(number, {}))
            if any(0 < n < self._cells.least for n in found.values()):
                return False
        return True

    def _counts(
        self, series_id: int, facets: tuple[Facet, ...], month: int
    ) -> dict[int, Counter[tuple[Any, ...]]]:
        key = series_id, facets, month
        if key not in self._read:
            start = self._cells.months.starts[month]
            found: dict[int, Counter[tuple[Any, ...]]] = {}
            rows = self._cells.source.rows([series_id], facets, Grain.MONTH, start, start)
            for _series, unit_id, *values, _day, n in rows:
                number = self._cells.tree.numbers.get(unit_id)
                if number is not None:
                    found.setdefault(number, Counter())[tuple(values)] += n
            self._read[key] = found
        return self._read[key]
