from __future__ import annotations

from functools import reduce
from operator import add
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.pair_sums import PairSums
from analysis.statistics.sums import Sums

ANSWER = st.one_of(st.integers(-3, 10), st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 3)))
ROWS = st.lists(st.tuples(*[st.one_of(st.none(), ANSWER)] * 3), max_size=12)
CELLS = st.lists(ROWS, max_size=5)


@given(CELLS, st.integers(0, 99))
def test_cells_merged_in_any_order_are_the_pooled_rows(cells: list[list[tuple]], seed: int) -> None:
    mixed = Random(seed).sample(cells, len(cells))
    pooled = [row for cell in cells for row in cell]
    assert reduce(add, (Sums.of(cell, 3) for cell in mixed), Sums.empty(3)) == Sums.of(pooled, 3)
    pairs = reduce(add, (PairSums.of(cell, 3) for cell in mixed), PairSums.of([], 3))
    assert pairs == PairSums.of(pooled, 3)


@given(ROWS, ROWS)
def test_what_is_taken_away_leaves_what_was_there(rows: list[tuple], more: list[tuple]) -> None:
    assert Sums.of(rows + more, 3) - Sums.of(more, 3) == Sums.of(rows, 3)
    assert PairSums.of(rows + more, 3) - PairSums.of(more, 3) == PairSums.of(rows, 3)


@given(st.lists(st.tuples(ANSWER, ANSWER, ANSWER), min_size=2, max_size=12))
def test_sums_give_the_means_and_covariances_of_the_rows(rows: list[tuple]) -> None:
    sums, raw = Sums.of(rows), np.array(rows, dtype=float)
    means, covariances = sums.means(), sums.covariances()
    assert means is not None and covariances is not None
    assert means == pytest.approx(raw.mean(axis=0), abs=1e-12)
    assert covariances == pytest.approx(np.cov(raw.T), abs=1e-9)


def test_answers_far_from_zero_lose_nothing() -> None:
    far = Sums.of([[1e9 + x] for x in (0, 1, 2)])
    covariances = far.covariances()
    assert covariances is not None and covariances[0, 0] == 1.0


def test_a_row_with_a_gap_counts_for_its_pairs_only() -> None:
    rows = [[1, 2, None], [2, 3, 4], [3, 5, 1], [None, None, None]]
    assert Sums.of(rows).n == 2
    pairs = PairSums.of(rows, 3)
    assert [pairs.n[0][0], pairs.n[0][1], pairs.n[0][2]] == [3, 3, 2]
    assert pairs.correlation(0, 1) == pytest.approx(np.corrcoef([1, 2, 3], [2, 3, 5])[0, 1])
    assert pairs.mean(1) == pytest.approx(10 / 3)


def test_what_cannot_be_computed_is_none() -> None:
    nobody, one = PairSums.of([], 2), PairSums.of([[1, 1]], 2)
    assert (nobody.mean(0), nobody.variance(0), nobody.correlation(0, 1)) == (None, None, None)
    assert (one.mean(0), one.variance(0), one.correlation(0, 1)) == (1.0, None, None)
    assert PairSums.of([[2, 1], [2, 3]], 2).correlation(0, 1) is None
    assert Sums.empty(2).means() is None and Sums.of([[1, 2]]).covariances() is None


def test_items_can_be_picked_in_another_order() -> None:
    rows = [[1, 2, 3], [4, 5, 9]]
    assert Sums.of(rows).pick([2, 0]) == Sums.of([[row[2], row[0]] for row in rows])


def test_rows_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3 answers"):
        Sums.of([[1, 2, 3], [1, 2]])
    with pytest.raises(ValueError, match="3 answers"):
        PairSums.of([[1, 2]], 3)
    with pytest.raises(ValueError, match="longer|shorter"):
        Sums.empty(2) + Sums.empty(3)
