from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.case_mix import case_mix, merge_small
from analysis.statistics.flags import Correction, corrected_flags
from analysis.statistics.funnel import LEVELS, funnel
from analysis.statistics.mean_funnel import mean_funnel
from analysis.statistics.raking import rake
from analysis.statistics.shrinkage import shrunken_means, shrunken_shares
from analysis.statistics.unit_reliability import unit_reliability
from analysis.statistics.units_compared import unit_means
from analysis.statistics.weights import Stratum, kish, poststratify
from analysis.types import Reason
from tests.analysis.statistics.finite import not_finite

FIVE = (1, 2, 3, 4, 5)
UNITS = st.lists(st.lists(st.integers(0, 6), min_size=5, max_size=5), min_size=1, max_size=6)
PAIRS = st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2)


@given(PAIRS)
@example([(0, 1), (1, 40)])
def test_exact_limits_are_binomial_quantiles_drawn_back_by_less_than_one(
    pairs: list[tuple[int, int]],
) -> None:
    x, n = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = funnel(x, n)
    if found.exact is None or found.theta0 is None:
        assert found.theta0 in (0, 1)
        return
    for level in LEVELS:
        for size, ends in zip(n, found.exact[level], strict=True):
            assert ends is not None
            for q, end in zip(((1 - level) / 2, (1 + level) / 2), ends, strict=True):
                r = stats.binom.ppf(q, size, found.theta0)
                over = (stats.binom.cdf(r, size, found.theta0) - q) / stats.binom.pmf(r, size, found.theta0)
                assert end == pytest.approx(max(0.0, (r - over) / size), abs=1e-9)


def test_units_that_differ_more_than_chance_widen_the_additive_limits() -> None:
    x, n = [90, 60, 75, 95, 50, 80, 99, 65], [100] * 8
    found = funnel(x, n)
    assert found.tau2 and found.phi_applied and found.phi_applied > 1
    assert found.additive is not None and found.exact is not None and found.flags is not None
    wide, narrow = found.additive[0.95][0], found.exact[0.95][0]
    assert wide is not None and narrow is not None and wide[0] < narrow[0]
    assert set(found.flags[0.998]) == {0}
    assert found.limits(100, 0.95) == pytest.approx(wide)
    assert found.limits(0, 0.95) is None


def test_one_unit_alone_is_never_an_outlier() -> None:
    found = funnel([3], [10])
    assert (found.reason, found.tau2, found.z) == (Reason.ONE_GROUP, 0.0, (0.0,))


def test_a_small_unit_is_pulled_further_towards_the_average() -> None:
    found = shrunken_shares([2, 90, 300, 40, 120, 10], [4, 100, 400, 80, 130, 20])
    assert found.mu is not None and found.a is not None and found.b is not None
    small, large = found.estimate[0], found.estimate[1]
    assert small is not None and large is not None
    assert abs(small - 0.5) > abs(large - 0.9)
    assert found.intervals[0] is not None and found.intervals[0][0] < small < found.intervals[0][1]
    hits, wholes = np.array([2, 90, 300, 40, 120, 10]), np.array([4, 100, 400, 80, 130, 20])

    def likelihood(a: float, b: float) -> float:
        return float(stats.betabinom.logpmf(hits, wholes, a, b).sum())

    best = likelihood(found.a, found.b)
    for step in (0.99, 1.01):
        assert best >= likelihood(found.a * step, found.b) and best >= likelihood(found.a, found.b * step)


def test_units_that_differ_by_chance_only_all_get_the_pooled_share() -> None:
    found = shrunken_shares([50, 51, 49], [100, 100, 100])
    assert (found.estimate, found.reason) == ((0.5, 0.5, 0.5), Reason.NO_SPREAD)


def test_one_department_keeps_its_own_figure() -> None:
    assert shrunken_means([82.0], [2.0]).estimate == (82.0,)
    assert shrunken_shares([4], [5]).estimate == (0.8,)
    assert shrunken_means([82.0], [2.0]).reason is shrunken_shares([4], [5]).reason is Reason.ONE_GROUP


@given(UNITS)
def test_reliability_is_that_of_the_analysis_of_variance(units: list[list[int]]) -> None:
    found = unit_reliability(units, FIVE)
    samples = [np.repeat(FIVE, unit) for unit in units if sum(unit)]
    spread = sum(float(((one - one.mean()) ** 2).sum()) for one in samples)
    if found.f is None or spread == 0:
        assert len(samples) < 2 or spread == 0 or sum(map(len, samples)) == len(samples)
        return
    if found.f < 1e-9:  # SciPy's is rounding then, and may be negative
        assert found.p == pytest.approx(1) and found.reliability == 0
        return
    f, p = stats.f_oneway(*samples)
    assert found.f == pytest.approx(f, abs=1e-9) and found.p == pytest.approx(p, abs=1e-9)
    assert found.reliability == pytest.approx(max(0.0, 1 - 1 / f), abs=1e-9)


def test_no_rank_is_given_where_units_cannot_be_told_apart() -> None:
    alike = unit_means([[1, 2, 6, 9, 3], [2, 2, 5, 9, 4], [1, 3, 6, 8, 3]], FIVE)
    assert not alike.reliability.may_rank and not any(unit.rank for unit in alike.units)


def test_a_rank_comes_with_the_places_that_chance_leaves_open() -> None:
    units = [[0, 0, 5, 60, 90], [60, 90, 5, 0, 0], [0, 0, 6, 60, 89], [0, 0, 0, 0, 0]]
    first, last, near, empty = unit_means(units, FIVE).units
    assert first.rank and last.rank and near.rank
    assert (first.rank.place, first.rank.low, first.rank.high) == (1, 1, 2)
    assert (last.rank.place, last.rank.low, last.rank.high) == (3, 3, 3)
    assert (near.rank.place, near.rank.low, near.rank.high) == (2, 1, 2)
    assert (empty.raw, empty.rank, empty.reason) == (None, None, Reason.NO_ANSWERS)


@given(UNITS)
def test_unit_means_never_give_nan_and_shrink_towards_the_average(units: list[list[int]]) -> None:
    found = unit_means(units, FIVE)
    assert not list(not_finite(found))
    for unit in found.units:
        if found.mu is not None and unit.raw is not None and unit.estimate is not None:
            assert abs(unit.estimate - found.mu) <= abs(unit.raw - found.mu) + 1e-9


def test_post_stratified_means_equal_those_of_people_counted_by_hand() -> None:
    found = poststratify([Stratum((1, 3), 80), Stratum((4, 1), 20)], (0, 1))
    assert found.weights == (20.0, 4.0)
    assert found.estimate == pytest.approx((80 * 3 / 4 + 20 * 1 / 5) / 100)
    assert found.unweighted == pytest.approx(4 / 9)
    parts = 20**2 * (1 * 0.75**2 + 3 * 0.25**2) + 4**2 * (4 * 0.2**2 + 1 * 0.8**2)
    assert found.se == pytest.approx(math.sqrt(parts * 9 / 8) / 100)
    assert found.deff_kish == pytest.approx(kish([20] * 4 + [4] * 5).deff)


def test_an_empty_stratum_must_be_merged_first() -> None:
    assert poststratify([Stratum((0, 0), 5), Stratum((1, 1), 5)], (0, 1)).reason is Reason.EMPTY_STRATUM


@given(
    st.lists(st.lists(st.integers(1, 40), min_size=3, max_size=3), min_size=2, max_size=4),
    st.data(),
)
def test_raked_weights_meet_every_margin(rows: list[list[int]], data: st.DataObject) -> None:
    counts = np.array(rows, dtype=float)
    margins = [data.draw(st.lists(st.integers(1, 50), min_size=k, max_size=k)) for k in counts.shape]
    found = rake(counts, margins)
    assert found.share is not None and found.weights is not None
    assert found.share.sum(axis=1) == pytest.approx(np.array(margins[0]) / sum(margins[0]), abs=1e-7)
    assert found.share.sum(axis=0) == pytest.approx(np.array(margins[1]) / sum(margins[1]), abs=1e-7)
    assert (counts * found.weights).sum() == pytest.approx(counts.sum())


def test_margins_that_no_weights_can_meet_are_refused_in_words() -> None:
    diagonal = np.array([[5.0, 0], [0, 4]])
    assert rake(diagonal, [[1, 2], [2, 1]]).reason is Reason.NOT_CONVERGED
    assert rake(np.array([[0.0, 0], [3, 4]]), [[1, 2], [1, 2]]).reason is Reason.EMPTY_STRATUM
    assert rake(np.zeros((2, 2)), [[1, 2], [1, 2]]).reason is Reason.NO_ANSWERS


def test_a_unit_with_other_patients_is_compared_at_the_organisations_mix() -> None:
    # in both units the old are satisfied in 9 of 10, the young in 5 of 10; only the mix differs
    young, old = [[5, 5], [50, 50]], [[10, 90], [1, 9]]
    mostly_old, mostly_young = case_mix([[young[0], old[0]], [young[1], old[1]]], (0, 1))
    assert mostly_old.raw != pytest.approx(mostly_young.raw)
    assert mostly_old.estimate == pytest.approx(0.7) and mostly_young.estimate == pytest.approx(0.7)
    assert mostly_old.deff and mostly_old.deff > 1
    assert mostly_old.interval is not None and mostly_old.interval[0] < 0.7 < mostly_old.interval[1]


def test_an_empty_stratum_is_merged_with_the_neighbour_of_more_answers() -> None:
    assert merge_small([3, 0, 9], [1, 1, 1]) == ((0,), (1, 2))
    assert merge_small([9, 0, 3], [1, 1, 1]) == ((0, 1), (2,))
    assert merge_small([0, 0, 3], [1, 1, 1]) == ((0, 1, 2),)
    assert merge_small([2, 0, 3], [1, 0, 1]) == ((0,), (2,))
    assert merge_small([9, 4, 30, 12], [1, 1, 1, 1], 10) == ((0, 1), (2,), (3,))
    assert merge_small([3, 4], [1, 1], 10) == ((0, 1),)
    (unit,) = case_mix([[[0, 0], [2, 3], [1, 1]]], (0, 1), population=(10, 10, 20))
    assert unit.merged == ((0, 1),)
    assert unit.estimate == pytest.approx((20 * 3 / 5 + 20 * 1 / 2) / 40)


@given(
    st.lists(
        st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=3, max_size=3), max_size=4
    )
)
def test_case_mix_gives_numbers_or_reasons(units: list[list[list[int]]]) -> None:
    for unit in case_mix(units, FIVE):
        assert not list(not_finite(unit))
        assert (unit.reason is None) == (unit.interval is not None)
        if unit.n:
            assert unit.estimate is not None and 1 <= unit.estimate <= 5


def test_flags_allow_for_the_number_of_units_compared() -> None:
    random = np.random.default_rng(6)
    alike = random.binomial(200, 0.8, 400)
    found = funnel(alike.tolist(), [200] * 400)
    assert found.flags is not None and sum(map(abs, found.flags[0.95])) > 5
    assert corrected_flags(found).count == 0
    one_worse = funnel([*alike.tolist(), 110], [200] * 401)
    flags = corrected_flags(one_worse)
    assert (flags.count, flags.sides[-1], flags.comparisons) == (1, -1, 401)
    screening = corrected_flags(one_worse, correction=Correction.BH)
    assert screening.count >= flags.count


def test_a_hidden_unit_is_neither_flagged_nor_counted() -> None:
    found = funnel([80, 82, 79, 81, 20], [100] * 5)
    flags = corrected_flags(found, hidden={4})
    assert (flags.sides[4], flags.comparisons) == (None, 4)
    assert corrected_flags(funnel([5, 5], [5, 5])).sides == (None, None)


def test_the_funnel_of_means_of_0_and_1_is_nearly_that_of_shares() -> None:
    x, n = [40, 55, 20, 70, 61], [60, 80, 40, 75, 90]
    shares, means = funnel(x, n), mean_funnel([[b - a, a] for a, b in zip(x, n, strict=True)], [0, 1])
    assert means.theta0 == pytest.approx(shares.theta0)
    assert means.z == pytest.approx(shares.z, rel=0.05)
    assert means.p == pytest.approx(shares.p, abs=0.02)
    low, high = means.limits(50, 0.95) or (0.0, 0.0)
    assert (low, high) == pytest.approx(shares.limits(50, 0.95), abs=0.02)


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ([], "no_answers"),
        ([[3, 4]], "one_group"),
        ([[5, 0], [0, 7]], "no_spread"),
        ([[1, 0], [0, 1]], "too_few"),
    ],
)
def test_a_funnel_of_means_that_cannot_be_says_why(units: list[list[int]], reason: str) -> None:
    made = mean_funnel(units, [1, 2])
    assert (made.reason, made.limits(10, 0.95)) == (reason, None)
    assert corrected_flags(made).count == 0
