"""Whether anything may be shown of a selection, and of which units.

A selection is closed when it has few responses, when what a filter leaves out is few (both shown, their
difference would be too), and when its unit is hidden beside its siblings on the page of the unit above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.statistics import suppress
from survey.figures.filters import Dimension, Filters
from survey.figures.places import Places, roll_up
from survey.figures.tallies import counts
from survey.models import User
from survey.processing.counting import RECEIVED


class State(StrEnum):
    OPEN = "open"
    EMPTY = "empty"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Selection:
    """`responses` and `flags` must not be shown unless the state is OPEN."""

    state: State
    responses: int
    flags: Mapping[str, int]
    small_units: frozenset[int]  # with few responses on these days: their comments are hidden


def selection(
    person: User | None, filters: Filters, responses_series: int, seen: Places, min_n: int
) -> Selection:
    """`responses_series` is that of the responses themselves; see figures.responses_series."""
    everywhere = replace(filters, unit_path="")
    by_unit = _by_unit(person, everywhere, responses_series)
    total: Counter[str] = Counter()
    for unit in seen.below(filters.unit_path):
        total.update(by_unit.get(unit.id, {}))
    n = total[RECEIVED]
    ns = {unit: counted[RECEIVED] for unit, counted in by_unit.items()}
    narrowed = list(_without_one(filters))
    all_ns = ns
    if narrowed:
        plain = replace(everywhere, service_type_ids=frozenset(), channel="", locale="")
        found = _by_unit(person, plain, responses_series)
        all_ns = {unit: counted[RECEIVED] for unit, counted in found.items()}
    few = (
        n < min_n
        or hidden_beside(seen, ns, filters.unit_path, min_n)
        or any(_leaves_few(person, wider, responses_series, n, min_n) for wider in narrowed)
    )
    return Selection(
        state=State.EMPTY if n == 0 else State.FEW if few else State.OPEN,
        responses=n,
        flags={value: count for value, count in total.items() if value != RECEIVED},
        small_units=frozenset(unit for unit, count in all_ns.items() if count < min_n),
    )


def hidden_beside(seen: Places, ns: Mapping[int, int], path: str, min_n: int) -> bool:
    """Whether the unit with this path, or a visible one above it, is hidden among its siblings."""
    unit = seen.at(path)
    while unit is not None and (parent := seen.parent(unit)) is not None:
        onto = roll_up(seen.below(parent.path), seen.children(parent.path))
        siblings: Counter[int] = Counter()
        for below, top in onto.items():
            siblings[top] += ns.get(below, 0)
        if unit.id in suppress(siblings, min_n):
            return True
        unit = parent
    return False


def _by_unit(person: User | None, filters: Filters, series: int) -> dict[int, Counter[str]]:
    return {
        key[0]: found for key, found in counts(person, filters, [series], [Dimension.UNIT])[series].items()
    }


def _without_one(filters: Filters) -> Iterator[Filters]:
    if filters.service_type_ids:
        yield replace(filters, service_type_ids=frozenset())
    if filters.channel:
        yield replace(filters, channel="")
    if filters.locale:
        yield replace(filters, locale="")


def _leaves_few(person: User | None, wider: Filters, series: int, n: int, min_n: int) -> bool:
    found = counts(person, wider, [series])[series].get((), Counter())
    return 0 < found[RECEIVED] - n < min_n
