from __future__ import annotations

import dataclasses
import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    HiddenTable,
    difference,
    estimate,
    hide,
    suppress,
    suppress_groups,
    suppress_table,
)
from analysis.types import Distribution, Group, Reason
from tests.analysis.statistics.strategies import FIVE

CELLS = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)
TABLES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.one_of(st.integers(0, 12), st.integers(0, 90)),
    max_size=20,
)


@given(CELLS)
def test_no_small_cell_is_shown_and_no_empty_one_hidden(counts: dict[int, int]) -> None:
    hidden = suppress(counts)
    assert {key for key, n in counts.items() if 0 < n < 10} <= hidden
    assert all(counts[key] > 0 for key in hidden)


@given(CELLS)
def test_one_hidden_cell_never_stands_alone_beside_shown_ones(counts: dict[int, int]) -> None:
    hidden = suppress(counts)
    assert len(hidden) != 1 or sum(n > 0 for n in counts.values()) == 1


def test_the_second_cell_hidden_is_the_smallest_and_the_first_on_ties() -> None:
    assert suppress({"A": 42, "B": 7, "C": 18, "D": 18, "E": 0}) == {"B", "C"}


def test_several_small_cells_protect_each_other() -> None:
    assert suppress({"A": 42, "B": 7, "C": 9}) == {"B", "C"}


def test_the_threshold_is_never_below_5_unless_asked_for() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        suppress({"A": 3}, 4)
    with pytest.raises(ValueError, match="at least 5"):
        suppress_table({("A", "B"): 3}, 4)
    assert suppress({"A": 3}, 1, allow_small=True) == frozenset()
    with pytest.raises(ValueError, match="at least 0"):
        suppress({"A": 3}, -1, allow_small=True)


def group(key: str, n: int) -> Group:
    distribution = Distribution({"5": n, "1": 1})
    return Group(
        key,
        key,
        estimate("csat", distribution, FIVE),
        distribution,
        difference(distribution, distribution, "csat", FIVE),
    )


def test_a_hidden_group_tells_nothing_about_its_answers() -> None:
    small, other = hide(group("ward", 3)), hide(group("ward", 7))
    assert small == other
    assert small.estimate.reason is Reason.SUPPRESSED
    written = json.dumps(dataclasses.asdict(small))
    assert '"n": 0' in written and small.distribution is None and small.change is None
    assert hide(small) == small


def test_groups_of_one_picture_are_hidden_together_in_their_order() -> None:
    groups = suppress_groups([group("a", 50), group("b", 3), group("c", 20), group("d", 60)])
    assert [found.key for found in groups] == ["a", "b", "c", "d"]
    assert [found.estimate.value is None for found in groups] == [False, True, True, False]
    with pytest.raises(ValueError, match="same key"):
        suppress_groups([group("a", 50), group("a", 3)])


def derivable(counts: dict[tuple[int, int], int], hidden: HiddenTable[int, int]) -> list[object]:
    """What is hidden and yet determined by what is shown and the sum of all, by linear algebra."""
    cells: list[object] = [cell for cell in counts if cell in hidden.cells]
    rows: list[object] = [("row", row) for row in hidden.rows]
    columns: list[object] = [("column", column) for column in hidden.columns]
    secret = [*cells, *rows, *columns]
    lines: list[tuple[list[object], list[object]]] = [(rows, []), (columns, [])]
    for row in {row for row, _ in counts}:
        lines.append(([cell for cell in hidden.cells if cell[0] == row], [("row", row)]))
    for column in {column for _, column in counts}:
        lines.append(([cell for cell in hidden.cells if cell[1] == column], [("column", column)]))
    known = [[(one in plus) - (one in minus) for one in secret] for plus, minus in lines]
    rank = np.linalg.matrix_rank(np.array(known))
    units = np.eye(len(secret))
    return [
        one
        for one, unit in zip(secret, units, strict=True)
        if np.linalg.matrix_rank(np.vstack([known, unit])) == rank
    ]


@given(TABLES)
def test_nothing_hidden_in_a_table_follows_from_what_is_shown(counts: dict[tuple[int, int], int]) -> None:
    hidden = suppress_table(counts)
    assert {cell for cell, n in counts.items() if 0 < n < 10} <= hidden.cells
    assert all(counts[cell] > 0 for cell in hidden.cells)
    if hidden.cells and sum(counts.values()) >= 10:  # below that the sum of all is hidden too
        assert derivable(counts, hidden) == []


@given(TABLES)
def test_small_totals_are_hidden_with_the_next_smallest(counts: dict[tuple[int, int], int]) -> None:
    hidden = suppress_table(counts)
    rows: Counter[int] = Counter()
    for (row, _), n in counts.items():
        rows[row] += n
    assert suppress(rows) <= hidden.rows


def test_the_cells_hidden_besides_are_the_cheapest_that_protect() -> None:
    counts = {("a", "x"): 7, ("a", "y"): 40, ("a", "z"): 30, ("b", "x"): 50, ("b", "y"): 60, ("b", "z"): 90}
    hidden = suppress_table(counts)
    assert hidden.cells == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert not hidden.rows and not hidden.columns


def test_totals_are_hidden_where_the_cells_cannot_protect() -> None:
    hidden = suppress_table({("a", "x"): 1, ("a", "y"): 10, ("b", "x"): 10})
    assert len(hidden.rows) + len(hidden.columns) > 0


def test_a_table_without_small_cells_is_shown_whole() -> None:
    hidden = suppress_table({("a", "x"): 10, ("a", "y"): 0, ("b", "x"): 12})
    assert hidden == HiddenTable(frozenset(), frozenset(), frozenset())


def test_the_only_cell_of_a_table_is_hidden_though_nothing_protects_it() -> None:
    hidden = suppress_table({("a", "x"): 4, ("b", "x"): 0})
    assert hidden == HiddenTable(frozenset({("a", "x")}), frozenset({"a"}), frozenset({"x"}))
