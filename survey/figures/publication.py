"""Which periods of which figures are published. The rule stands in docs/decisions/0014-publication.md.

A figure is asked for by a series (a question in one wording) and Filters. It is published when both ends of its
days are cuts of its cell: fixed by how many answered when, never by what is asked. `snap` widens days to cuts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any
from weakref import WeakKeyDictionary

from survey.extensions import db
from survey.figures.bases import Facet
from survey.figures.cover import DAY
from survey.figures.filters import Filters
from survey.figures.places import Places
from survey.figures.published_cells import Cell, Cells
from survey.figures.published_counts import Counts
from survey.figures.published_mixes import Mixes
from survey.figures.published_tree import OWN, Tree
from survey.figures.sources import Months, Source, Tallied
from survey.models import Unit, User

MOST_KEPT = 50  # persons' views of a questionnaire, a process
ALIKE = 1000  # cuts stay as they are while less than one in so many responses came, all of them lately
_TALLIED = Tallied()


@dataclass(frozen=True)
class _Read:
    """The counts of a questionnaire, everybody's views of it, and by what it is seen that they changed."""

    counted: Months
    counts: Counts
    views: dict[Any, tuple[Cells, Mixes]] = field(default_factory=dict)

    def holds(self, now: Months, known: tuple[date, date]) -> bool:
        then = self.counted
        months = self.counts.months
        if (months.first, months.last) != known or then[:-1] != now[:-1]:
            return False
        return then[-1][0] == now[-1][0] and 0 <= (now[-1][1] - then[-1][1]) * ALIKE <= sum(
            n for _, n in then
        )

    def view(self, tree: Tree, min_n: int, known: tuple[date, date]) -> tuple[Cells, Mixes]:
        key = tree, min_n, known
        found = self.views.pop(key, None)
        if found is None:
            cells = Cells(tree, min_n, *known, self.counts)
            found = cells, Mixes(cells)
        self.views[key] = found
        while len(self.views) > MOST_KEPT:
            self.views.pop(next(iter(self.views)), None)
        return found


_READ: WeakKeyDictionary[Any, dict[Any, _Read]] = WeakKeyDictionary()  # by database


def _read(source: Source, questionnaire_id: int) -> _Read:
    """What was read before, where nothing changed since."""
    read = _READ.setdefault(db.engine, {})
    key = source, questionnaire_id
    known, counted = source.known(questionnaire_id, None), source.monthly(questionnaire_id)
    found = read.get(key)
    if known and (found is None or not found.holds(counted, known)):
        found = read[key] = _Read(counted, Counts(source, *known))
    if found is None:
        raise ValueError("somebody sees something of it, so there is some")
    return found


class Publication:
    """For one questionnaire and what one person may see of the organisation."""

    def __init__(
        self,
        person: User | None,
        questionnaire_id: int,
        seen: Places,
        min_n: int,
        source: Source = _TALLIED,
    ) -> None:
        self._seen, self.min_n = seen, min_n
        self._known = source.known(questionnaire_id, person)
        if self._known:
            self._read = _read(source, questionnaire_id)
            tree = Tree(seen.units.values())
            self._cells, self._mixes = self._read.view(tree, min_n, self._known)

    def together(self, series_ids: Iterable[int], filters: Filters) -> None:
        """These series will be asked for with these filters: then they are read together."""
        if self._known:
            wanted, ends = list(series_ids), self._cells.months.ends(filters.first_on, filters.last_on)
            for facet in (None, *facets_of(filters)):
                self._read.counts.together(facet, wanted, ends)

    def shows(self, series_id: int, filters: Filters) -> bool:
        """Whether exactly this may be shown: what `snap` finds is the same."""
        if self._nobody(filters):
            return True
        ends, facets = self._cells.months.ends(filters.first_on, filters.last_on), facets_of(filters)
        if len(facets) > 1:
            return self._mixes.snap(series_id, filters.unit_path, facets, *ends) == ends
        return all(cell.cut_at_both(*ends) for cell in self._of(series_id, filters, facets))

    def shows_all(self, series_ids: Iterable[int], filters: Filters) -> bool:
        return all(self.shows(series_id, filters) for series_id in series_ids)

    def shows_own(self, series_id: int, filters: Filters, unit: Unit) -> bool:
        """The same for what was answered about this very unit, not about one below it."""
        own = OWN if self._seen.has_below(unit) else ""
        return self.shows(series_id, replace(filters, unit_path=unit.path + own))

    def ever(self, series_id: int, unit: Unit) -> bool:
        """Whether anything was ever answered about the unit or one below, and its sum is published."""
        if not self._known:
            return False
        cell = self._cells.cell(series_id, unit.path, None, None)
        return cell.published and bool(cell.group.upto[cell.row, 0, -1])

    def snap(self, series_id: int, filters: Filters) -> Filters | None:
        """The same on the shortest published days around those asked for; None when there are none."""
        if self._nobody(filters):
            return filters
        ends = self._cells.months.ends(filters.first_on, filters.last_on)
        facets = facets_of(filters)
        if len(facets) > 1:
            days = self._mixes.snap(series_id, filters.unit_path, facets, *ends)
        else:
            days = widened(list(self._of(series_id, filters, facets)), *ends)
        return _said(filters, days, self._known, ends) if days and self._known else None

    def _nobody(self, filters: Filters) -> bool:
        """Whether nobody answered then, of whatever unit."""
        known = self._known
        return not known or filters.first_on > known[1] or filters.last_on < known[0]

    def _of(self, series_id: int, filters: Filters, facets: dict[Facet, list[Any]]) -> Iterator[Cell]:
        return (self._cells.cell(series_id, filters.unit_path, *one) for one in _ones(facets))


def facets_of(filters: Filters) -> dict[Facet, list[Any]]:
    found: dict[Facet, list[Any]] = {}
    if filters.service_type_ids:
        found[Facet.SERVICE] = sorted(filters.service_type_ids)
    if filters.channel:
        found[Facet.CHANNEL] = [filters.channel]
    if filters.locale:
        found[Facet.LOCALE] = [filters.locale]
    return found


def _ones(facets: dict[Facet, list[Any]]) -> Iterator[tuple[Facet | None, Any]]:
    if not facets:
        yield None, None
    for facet, values in facets.items():
        yield from product([facet], values)


def widened(cells: list[Cell], begin: date, end: date) -> tuple[date, date] | None:
    """The nearest days that are cuts of all these cells."""
    if not all(cell.published for cell in cells):
        return None
    while True:
        first, last = min(cell.before(begin) for cell in cells), max(cell.after(end) for cell in cells)
        if (first, last) == (begin, end):
            return begin, end
        begin, end = first, last


def _said(
    filters: Filters, days: tuple[date, date], known: tuple[date, date], asked: tuple[date, date]
) -> Filters:
    """Where only days without any response would be added or left out, the days asked for stay."""
    first, last = days[0], days[1] - DAY
    if first == asked[0] or first <= known[0]:
        first = min(filters.first_on, max(first, known[0]))
    if last == asked[1] - DAY or last >= known[1]:
        last = max(filters.last_on, min(last, known[1]))
    return replace(filters, first_on=first, last_on=last)
