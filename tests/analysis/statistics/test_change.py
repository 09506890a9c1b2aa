from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics import METRICS, apart, between, difference, estimate, response_rate
from analysis.types import Distribution, Reason, Scale, Verdict
from tests.analysis.statistics.strategies import FIVE, METRIC_SCALES, TEN, distributions

PAIRS = st.sampled_from(sorted(METRICS)).flatmap(
    lambda name: st.tuples(
        st.just(name), distributions(METRIC_SCALES[name]), distributions(METRIC_SCALES[name])
    )
)


def five(low: int, high: int) -> Distribution:
    return Distribution({"1": low, "5": high})


@given(PAIRS)
def test_the_difference_is_that_of_the_two_figures_and_lies_in_its_interval(
    pair: tuple[str, Distribution, Distribution],
) -> None:
    name, current, base = pair
    assume(current.n and base.n)
    scale = METRIC_SCALES[name]
    comparison = difference(current, base, name, scale)
    now, then = estimate(name, current, scale).value, estimate(name, base, scale).value
    assert now is not None and then is not None
    assert comparison.difference == pytest.approx(now - then, abs=1e-9)
    if comparison.low is None or comparison.high is None:
        assert (comparison.verdict, comparison.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW)
    else:
        assert comparison.low - 1e-9 <= now - then <= comparison.high + 1e-9


@given(PAIRS)
def test_a_difference_turned_round_changes_its_sign_and_keeps_its_verdict(
    pair: tuple[str, Distribution, Distribution],
) -> None:
    name, current, base = pair
    assume(current.n and base.n)
    there = difference(current, base, name, METRIC_SCALES[name])
    back = difference(base, current, name, METRIC_SCALES[name])
    assert there.difference is not None and back.difference is not None
    assert there.difference == pytest.approx(-back.difference, abs=1e-9)
    if there.low is not None and abs(there.low) > 1e-9 and abs(there.high or 0) > 1e-9:
        assert there.verdict is back.verdict


@given(st.sampled_from(["csat", "nps", "sentiment_balance"]), st.data())
def test_estimates_of_shares_and_net_scores_compare_as_their_distributions_do(
    name: str, data: st.DataObject
) -> None:
    scale = METRIC_SCALES[name]
    current, base = data.draw(distributions(scale)), data.draw(distributions(scale))
    assume(current.n and base.n)
    exact = difference(current, base, name, scale)
    short = between(estimate(name, current, scale), estimate(name, base, scale))
    assert (short.difference, short.low, short.high) == pytest.approx(
        (exact.difference, exact.low, exact.high), abs=1e-9
    )


def test_a_difference_that_chance_does_not_explain_is_likely_real() -> None:
    comparison = difference(five(10, 190), five(60, 140), "csat", FIVE)
    assert comparison.verdict is Verdict.LIKELY_REAL
    assert comparison.p is not None and comparison.p < 0.001


def test_24_against_24_cannot_tell() -> None:
    assert difference(five(4, 20), five(8, 16), "csat", FIVE).verdict is Verdict.CANNOT_TELL


def test_a_narrow_interval_round_nothing_is_no_important_difference() -> None:
    comparison = difference(five(1000, 4000), five(1010, 3990), "csat", FIVE)
    assert comparison.verdict is Verdict.NO_IMPORTANT_DIFFERENCE
    strict = difference(five(1000, 4000), five(1010, 3990), "csat", FIVE, margin=0.5)
    assert strict.verdict is Verdict.CANNOT_TELL


def test_the_margin_of_a_mean_is_hundredths_of_its_scale() -> None:
    half, same = Distribution({"1": 500, "5": 500}), Distribution({"1": 501, "5": 499})
    comparison = difference(half, same, "mean", FIVE)  # interval about ±0.175, margin 0.2
    assert comparison.verdict is Verdict.NO_IMPORTANT_DIFFERENCE
    assert difference(half, same, "mean", FIVE, margin=4).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("base", [None, Distribution({}, missing=4)])
def test_nothing_before_means_no_baseline(base: Distribution | None) -> None:
    comparison = difference(five(3, 30), base, "csat", FIVE)
    assert (comparison.difference, comparison.reason) == (None, Reason.NO_BASELINE)


def test_nothing_now_means_no_answers() -> None:
    assert difference(Distribution({}), five(3, 30), "csat", FIVE).reason is Reason.NO_ANSWERS


def test_a_metric_of_another_scale_cannot_be_compared() -> None:
    assert difference(five(3, 30), five(3, 30), "nps", FIVE).reason is Reason.NOT_APPLICABLE
    several = Distribution({"5": 3}, answered=2)
    assert difference(several, several, "mean", FIVE).reason is Reason.NOT_APPLICABLE


def test_two_groups_without_spread_give_a_difference_and_no_verdict() -> None:
    comparison = difference(five(0, 9), Distribution({"4": 8}), "mean", FIVE)
    assert (comparison.difference, comparison.low, comparison.reason) == (1.0, None, Reason.TOO_FEW)


def test_all_promoters_twice_is_not_a_difference_known_to_be_nothing() -> None:
    comparison = difference(Distribution({"10": 3}), Distribution({"10": 3}), "nps", TEN)
    assert (comparison.verdict, comparison.p) == (Verdict.CANNOT_TELL, None)


def test_estimates_of_different_metrics_or_scales_are_never_compared() -> None:
    seven = Scale({str(number): number for number in range(1, 8)})
    figures = [
        estimate("csat", five(3, 30), FIVE),
        estimate("mean", five(3, 30), FIVE),
        estimate("mean", five(3, 30), seven),
    ]
    for first, second in [(figures[0], figures[1]), (figures[1], figures[2])]:
        with pytest.raises(ValueError, match="one scale"):
            between(first, second)


def test_comparing_estimates_keeps_the_reason() -> None:
    some, none = response_rate(3, 10), response_rate(0, 0)
    assert between(some, none).reason is Reason.NO_BASELINE
    assert between(none, some).reason is Reason.NO_ANSWERS


def test_the_extremes_of_many_equal_groups_are_not_apart_where_two_would_be() -> None:
    best, worst = estimate("csat", five(40, 160), FIVE), estimate("csat", five(60, 140), FIVE)
    assert apart(best, worst, 2)
    assert not apart(best, worst, 40)
    assert not apart(best, estimate("csat", Distribution({}), FIVE), 2)
    with pytest.raises(ValueError, match="two groups"):
        apart(best, worst, 1)
