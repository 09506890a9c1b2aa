"""Blends of items, intervals of correlations, joined levels, ends of a scale."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.correlation import correlation_interval
from analysis.statistics.item_quality import item_quality
from analysis.statistics.loyalty_curve import merged_levels
from analysis.statistics.sums import Sums
from analysis.types import Distribution, Reason, Scale

ROWS = st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=1, max_size=30)
WEIGHTS = st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=3)
COUNTS = st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=4), max_size=7)


@given(rows=ROWS, weights=WEIGHTS)
def test_blended_sums_are_those_of_blended_rows(
    rows: list[tuple[int, ...]], weights: list[list[int]]
) -> None:
    blended = [[sum(w * x for w, x in zip(line, row, strict=True)) for line in weights] for row in rows]
    assert Sums.of(rows).blended(weights) == Sums.of(blended)


def test_a_blend_needs_a_weight_for_each_item() -> None:
    with pytest.raises(ValueError, match="argument"):
        Sums.of([[1, 2]]).blended([[1]])


@given(rows=ROWS)
def test_the_correlation_is_that_of_the_rows(rows: list[tuple[int, ...]]) -> None:
    found = Sums.of(rows).correlation(0, 2)
    first, second = (np.array([row[i] for row in rows]) for i in (0, 2))
    if found is None:
        assert len(set(first)) == 1 or len(set(second)) == 1
    else:
        assert found == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-9)


@given(st.none() | st.floats(-1, 1), st.integers(0, 1000))
def test_the_interval_of_a_correlation_holds_it_and_is_finite(r: float | None, n: int) -> None:
    ends = correlation_interval(r, n)
    if ends is not None:
        assert r is not None
        assert -1 <= ends[0] <= r + 1e-12
        assert r - 1e-12 <= ends[1] <= 1
        assert all(map(math.isfinite, ends))


@given(counts=COUNTS, least=st.integers(1, 20))
def test_joined_levels_hold_every_level_once_and_enough_people(counts: list[list[int]], least: int) -> None:
    found = merged_levels(counts, least)
    persons = sum(map(sum, counts))
    assert [level for one in found for level in one] == (list(range(len(counts))) if persons else [])
    if persons >= least:
        assert all(sum(sum(counts[level]) for level in one) >= least for one in found)


def test_ends_of_a_reversed_scale_change_places() -> None:
    told = Distribution({"1": 7, "2": 2, "3": 1}, not_applicable=5, missing=5)
    scale = Scale({"1": 1.0, "2": 2.0, "3": 3.0}, reverse=True)
    found = item_quality(told, scale)
    assert (found.n, found.asked, found.best.value, found.worst.value) == (10, 20, 0.7, 0.1)
    assert (found.not_applicable.value, found.missing.value) == (0.25, 0.25)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [({"1": 0, "2": 0}, Reason.NO_ANSWERS), ({"1": 0, "2": 4}, Reason.NO_SPREAD), ({"1": 1, "2": 4}, None)],
)
def test_a_question_without_answers_or_spread_says_so(counts: dict[str, int], reason: Reason | None) -> None:
    assert item_quality(Distribution(counts), Scale({"1": 1.0, "2": 2.0})).reason is reason
