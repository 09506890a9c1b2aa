from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.binomial import binomial_p, share_against_standard
from analysis.statistics.paired_shares import mcnemar, newcombe_paired
from analysis.statistics.rates import poisson_rate, poisson_ratio
from analysis.types import Reason

OF = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(OF, st.one_of(st.floats(1e-9, 1), st.sampled_from([0.0, 0.5, 0.9])))
def test_the_binomial_test_agrees_with_scipy(of: tuple[int, int], standard: float) -> None:
    x, n = of
    expected = stats.binomtest(x, n, standard).pvalue
    assert binomial_p(x, n, standard) == pytest.approx(expected, rel=1e-7, abs=1e-250)


def test_a_standard_of_nothing_or_everything_is_met_or_not() -> None:
    assert [binomial_p(x, 9, 0) for x in (0, 1)] == [1.0, 0.0]
    assert [binomial_p(x, 9, 1) for x in (9, 8)] == [1.0, 0.0]
    assert share_against_standard(0, 0, 0.9).reason is Reason.NO_ANSWERS
    with pytest.raises(ValueError, match="standard"):
        binomial_p(1, 2, 90)


def test_a_thousand_million_persons_take_no_time() -> None:
    assert binomial_p(500_020_000, 10**9, 0.5) == pytest.approx(0.2059, abs=1e-4)


@given(st.integers(0, 500), st.floats(0.1, 1e6))
def test_the_interval_of_a_rate_holds_it_and_agrees_with_scipy(events: int, exposure: float) -> None:
    found = poisson_rate(events, exposure)
    assert found.rate is not None and found.low is not None and found.high is not None
    assert found.low <= found.rate <= found.high and found.low < found.high
    assert stats.poisson.sf(events - 1, found.low * exposure) == pytest.approx(0.025 if events else 1.0)
    assert stats.poisson.cdf(events, found.high * exposure) == pytest.approx(0.025)


@given(st.integers(0, 60), st.integers(0, 60))
def test_equal_exposures_compare_events_as_a_coin(first: int, second: int) -> None:
    found = poisson_ratio(first, 3.0, second, 3.0)
    if first + second == 0:
        assert (found.ratio, found.p, found.reason) == (None, None, Reason.NO_ANSWERS)
        return
    assert found.p == pytest.approx(stats.binomtest(first, first + second).pvalue)
    assert (found.ratio is None) == (found.high is None) == (second == 0)


def test_rates_without_exposure_have_a_reason() -> None:
    assert poisson_rate(0, 0).reason is Reason.NO_ANSWERS
    assert poisson_ratio(3, 1.0, 2, 0.0).reason is Reason.NO_BASELINE
    with pytest.raises(ValueError, match="negative"):
        poisson_rate(-1, 2)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemars_exact_p_is_a_coin_and_the_mid_p_lies_below(b: int, c: int) -> None:
    found = mcnemar(b, c)
    if b + c == 0:
        assert (found.chi2, found.p, found.p_mid, found.reason) == (None, 1.0, 1.0, Reason.NO_SPREAD)
        return
    assert found.p_exact == pytest.approx(stats.binomtest(b, b + c).pvalue)
    assert found.p_mid <= found.p_exact and found.p_corrected >= found.p
    expected = stats.binom.pmf(min(b, c), b + c, 0.5)
    assert found.p_mid == pytest.approx(2 * stats.binom.cdf(min(b, c), b + c, 0.5) - expected)


@given(*[st.integers(0, 40)] * 4)
def test_the_interval_of_a_paired_difference_holds_it(both: int, lost: int, won: int, neither: int) -> None:
    n = both + lost + won + neither
    interval = newcombe_paired(both, lost, won, neither)
    if n == 0:
        assert interval is None
        return
    assert interval is not None
    difference = (won - lost) / n
    assert -1 - 1e-9 <= interval[0] <= difference + 1e-12 and difference - 1e-12 <= interval[1] <= 1 + 1e-9
    turned = newcombe_paired(both, won, lost, neither)
    assert turned == pytest.approx((-interval[1], -interval[0]), abs=1e-9)


def test_the_paired_interval_holds_the_truth_about_95_times_in_100() -> None:
    random, chances = Random(11), (0.6, 0.08, 0.17, 0.15)  # both, lost, won, neither
    held, runs, n = 0, 2000, 60
    for _ in range(runs):
        drawn = random.choices(range(4), chances, k=n)
        low, high = newcombe_paired(*(drawn.count(cell) for cell in range(4))) or (0.0, 0.0)
        held += low <= 0.17 - 0.08 <= high
    assert 0.93 < held / runs < 0.98
