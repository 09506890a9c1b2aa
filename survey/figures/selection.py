"""Whether anything may be shown of a selection, on which days, and of which units comments.

A selection is shown on the published days around those asked for; it is closed where there are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from survey.figures.filters import Filters
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.figures.tallies import counts
from survey.models import User
from survey.processing.counting import RECEIVED


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
    person: User | None, asked: Filters, responses_series: int, seen: Places, published: Publication
) -> Selection:
    """`responses_series` is that of the responses themselves; see figures.responses_series."""
    filters = published.snap(responses_series, asked)
    if filters is None:
        return Selection(State.FEW, asked)
    found = counts(person, filters, [responses_series])[responses_series].get((), Counter())
    if not found[RECEIVED]:
        return Selection(State.EMPTY, asked)
    small = (
        u for u in seen.below(filters.unit_path) if not published.shows_own(responses_series, filters, u)
    )
    return Selection(
        state=State.OPEN,
        filters=filters,
        responses=found[RECEIVED],
        flags={value: count for value, count in found.items() if value != RECEIVED},
        small_units=frozenset(unit.id for unit in small),
    )
