"""Whatever is answered, models give numbers or None with a reason: never NaN, never an exception."""

from __future__ import annotations

from functools import reduce
from operator import add
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.control_charts import mean_charts, share_charts
from analysis.statistics.control_charts.limits import laney_p, p_chart, xmr
from analysis.statistics.control_charts.moving import cusum, ewma
from analysis.statistics.drivers import key_drivers
from analysis.statistics.funnel import funnel
from analysis.statistics.gap import composite_gap, gap_profile
from analysis.statistics.importance import importance_performance
from analysis.statistics.index import two_block_index, weighted_index
from analysis.statistics.internal_consistency import cronbach_alpha
from analysis.statistics.interrupted import segmented
from analysis.statistics.kano import kano
from analysis.statistics.loyalty_curve import loyalty_curve
from analysis.statistics.one_factor import omega_total
from analysis.statistics.pair_sums import PairSums
from analysis.statistics.penalty_reward import high_low_row, penalty_reward
from analysis.statistics.raking import rake
from analysis.statistics.regression import least_squares
from analysis.statistics.shrinkage import shrunken_means, shrunken_shares
from analysis.statistics.sums import Sums
from analysis.statistics.unit_reliability import unit_reliability
from analysis.statistics.weights import Stratum, cluster_effect, kish, poststratify
from tests.analysis.statistics.finite import not_finite

SCORES = st.one_of(st.none(), st.integers(1, 5))
ROWS = st.integers(2, 5).flatmap(lambda k: st.lists(st.lists(SCORES, min_size=k, max_size=k), max_size=25))
PAIRS = st.lists(st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=20)
SERIES = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6), st.integers(79, 81)), max_size=30)
COUNTS = st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), max_size=6)
FIVE = (1, 2, 3, 4, 5)


@given(ROWS)
def test_models_of_sums(rows: list[list[float | None]]) -> None:
    width = len(rows[0]) if rows else 3
    sums = Sums.of(rows, width)
    results = [
        key_drivers(sums, draws=20),
        cronbach_alpha(sums),
        omega_total(sums),
        two_block_index(sums, 1, (1, 5)),
        importance_performance(PairSums.of(rows, width), (1, 5)),
        penalty_reward(Sums.of([high_low_row(row[:-1], row[-1], 2, 4) for row in rows], 2 * width - 1)),
        gap_profile([sums.pick((0, 1))], ["a"], {"a": 0}),
        composite_gap(sums.pick((0, 1))),
    ]
    assert not list(not_finite(results))


@given(PAIRS)
def test_charts_and_comparisons_of_shares(pairs: list[tuple[int, int]]) -> None:
    x, n = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    results = [p_chart(x, n), laney_p(x, n), funnel(x, n), shrunken_shares(x, n)]
    assert not list(not_finite(results))


@given(PAIRS, SERIES, st.tuples(st.integers(0, 20), st.integers(0, 20)), st.lists(st.integers(-1, 31)))
def test_control_charts(
    pairs: list[tuple[int, int]],
    values: list[float | None],
    window: tuple[int, int],
    breaks: list[int],
) -> None:
    x, n = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    charts = [*share_charts(x, n, window, breaks), *mean_charts(values, window, breaks)]
    assert not list(not_finite(charts))
    for chart in charts:
        assert (chart.reason is None) == bool(chart.upper)
        for signal in chart.signals:
            assert chart.first <= signal.first <= signal.last <= chart.last
            assert 1 <= signal.length <= signal.last - signal.first + 1


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=5, max_size=5))
def test_loyalty_curves(counts: list[list[int]]) -> None:
    found = loyalty_curve(counts, FIVE, (0, 5, 10))
    assert not list(not_finite(found))
    assert (found.p is None) == (found.reason is not None)


@given(SERIES, st.integers(1, 30), st.one_of(st.none(), st.integers(0, 4)))
def test_charts_of_series(values: list[float | None], first_post: int, lag: int | None) -> None:
    results = [
        xmr(values),
        ewma(values, 80.0, 0.0),
        cusum(values, 80.0, 1.0),
        segmented(values, first_post, lag),
    ]
    assert not list(not_finite(results))


@given(COUNTS, st.lists(st.integers(0, 1000), min_size=6, max_size=6))
def test_comparisons_of_units(units: list[list[int]], people: list[int]) -> None:
    strata = [Stratum(counts, size) for counts, size in zip(units, people, strict=False)]
    results = [unit_reliability(units, FIVE), poststratify(strata, FIVE)]
    assert not list(not_finite(results))


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 9)), max_size=9))
def test_shrunken_means(pairs: list[tuple[float, float]]) -> None:
    pairs = [pair for pair in pairs if pair[1] == 0 or pair[1] > 1e-6]
    assert not list(not_finite(shrunken_means([y for y, _ in pairs], [se for _, se in pairs])))


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=2), st.data())
def test_rakings(rows: list[list[int]], data: st.DataObject) -> None:
    margins = [data.draw(st.lists(st.integers(0, 9), min_size=k, max_size=k)) for k in (2, 3)]
    found = rake(np.array(rows, dtype=float), margins)
    assert not list(not_finite([found, found.mean(np.ones((2, 3)))]))
    assert (found.weights is None) == (found.reason is not None)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=5, max_size=5),
    st.lists(st.integers(0, 9)),
    st.floats(-1, 1),
)
def test_small_ones(table: list[list[int]], sizes: list[int], rho: float) -> None:
    scales = [(1.0, 5.0)] * len(sizes)
    means = [None if size == 0 else 3.0 for size in sizes]
    results = [
        kano(table),
        kish(sizes),
        cluster_effect(sizes, rho),
        weighted_index(means, scales, sizes),
    ]
    assert not list(not_finite(results))


@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=4, max_size=20), st.randoms())
def test_models_of_merged_cells_are_those_of_all_answers_in_any_order(
    rows: list[list[float | None]], random: Random
) -> None:
    cells = [Sums.of(rows[i : i + 3], 4) for i in range(0, len(rows), 3)]
    random.shuffle(cells)
    merged, whole = reduce(add, cells), Sums.of(rows)
    withdrawn = Sums.of([*rows, [5, 1, 5, 1]]) - Sums.of([[5, 1, 5, 1]])
    for sums in (merged, withdrawn):
        assert key_drivers(sums, draws=5) == key_drivers(whole, draws=5)
        assert cronbach_alpha(sums) == cronbach_alpha(whole)
        assert omega_total(sums) == omega_total(whole)
        assert composite_gap(sums) == composite_gap(whole)
        assert least_squares(sums) == least_squares(whole)
