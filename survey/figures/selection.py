"""Whether anything may be shown of a selection, on which days, and of which units comments.

A selection is shown on the published days around those asked for; it is closed where there are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from survey.figures.cover import period_end
from survey.figures.filters import Filters
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.figures.tallies import counts
from survey.models import Grain, Unit, User
from survey.processing.counting import RECEIVED
from survey.processing.cuts import period_start


class State(StrEnum):
    OPEN = "open"
    EMPTY = "empty"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Selection:
    """`responses` and `flags` are empty unless the state is OPEN. `filters` have the days that are shown."""

    state: State
    filters: Filters
    responses: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    small_units: frozenset[int] = frozenset()  # their comments are hidden


def selection(
    person: User | None,
    asked: Filters,
    responses_series: int,
    seen: Places,
    published: Publication,
    compared: Sequence[Unit] = (),
) -> Selection:
    """`responses_series` is that of the responses themselves; see figures.responses_series.

    Where units are `compared` and most have no figures on these days, whole months, or from the quarter or year on, are shown.
    """
    filters = published.snap(responses_series, asked)
    if filters and compared:
        filters = _comparable(published, responses_series, filters, compared)
    if filters is None:
        return Selection(State.FEW, asked)
    found = counts(person, filters, [responses_series])[responses_series].get((), Counter())
    if not found[RECEIVED]:
        return Selection(State.EMPTY, asked)
    return Selection(
        state=State.OPEN,
        filters=filters,
        responses=found[RECEIVED],
        flags={value: count for value, count in found.items() if value != RECEIVED},
        small_units=_small(published, responses_series, filters, seen),
    )


def _small(published: Publication, series: int, filters: Filters, seen: Places) -> frozenset[int]:
    below = seen.below(filters.unit_path)
    return frozenset(unit.id for unit in below if not published.shows_own(series, filters, unit))


def _comparable(published: Publication, series: int, filters: Filters, compared: Sequence[Unit]) -> Filters:
    def shown(of: Filters) -> int:
        return sum(published.shows(series, replace(of, unit_path=unit.path)) for unit in compared)

    compared = [unit for unit in compared if published.ever(series, unit)]
    now = shown(filters)
    if now * 2 >= len(compared):
        return filters
    begin, end = period_start(filters.first_on, Grain.MONTH), period_end(filters.last_on, Grain.MONTH)
    quarter = begin.replace(month=begin.month - (begin.month - 1) % 3)
    for first in (begin, quarter, begin.replace(month=1)):
        wider = published.snap(series, replace(filters, first_on=first, last_on=end))
        if wider and shown(wider) * 2 >= len(compared):
            return wider
    return filters
