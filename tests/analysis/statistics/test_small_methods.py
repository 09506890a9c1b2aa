"""AAPOR rates, adjusted P, bands, rescaling, net scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.aapor import Dispositions, response_rates
from analysis.statistics.adjust import adjust
from analysis.statistics.balance import Parts, adjusted_wald, net_difference, wald
from analysis.statistics.bands import bands
from analysis.statistics.rescaling import rescale
from analysis.statistics.shares_compared import share_effect
from analysis.types import Reason


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_adjusted_p_agree_with_scipy_and_skip_what_is_missing(p: list[float | None]) -> None:
    found, given_p = adjust(p), [value for value in p if value is not None]
    assert [value is None for value in found.holm] == [value is None for value in p]
    if given_p:
        for got, method in ((found.bh, "bh"), (found.by, "by")):
            kept = [value for value in got if value is not None]
            assert kept == pytest.approx(stats.false_discovery_control(given_p, method=method), abs=1e-12)
    for raw, bh, holm in zip(p, found.bh, found.holm, strict=True):
        assert raw is None or (bh is not None and holm is not None and raw - 1e-12 <= bh <= holm + 1e-12)


def test_a_p_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="P value"):
        adjust([0.2, 1.2])


@given(st.lists(st.integers(0, 300), min_size=7, max_size=7), st.floats(0, 1))
def test_the_response_rates_keep_their_order(counts: list[int], eligible: float) -> None:
    found = response_rates(Dispositions(*counts), eligible)
    if found.rr5 is None or found.rr6 is None:
        return
    assert found.rr1 is not None and found.rr3 is not None and found.rr2 is not None and found.rr4 is not None
    assert found.rr1 <= found.rr3 + 1e-12 <= found.rr5 + 2e-12
    assert found.rr2 <= found.rr4 + 1e-12 <= found.rr6 + 2e-12
    assert found.rr1 <= found.rr2 and found.rr5 <= found.rr6


def test_rates_over_nobody_are_none() -> None:
    found = response_rates(Dispositions(), 0.5)
    assert (found.rr1, found.rr3, found.rr5, found.refusal1, found.reason) == (None,) * 4 + (
        Reason.NO_ANSWERS,
    )
    unknown = response_rates(Dispositions(complete=3, unknown_other=5))
    assert (unknown.rr1, unknown.rr3, unknown.rr5) == (0.375, None, 1.0)
    with pytest.raises(ValueError, match="negative"):
        response_rates(Dispositions(complete=-1))
    with pytest.raises(ValueError, match="eligible"):
        response_rates(Dispositions(complete=1), 60)


def test_a_score_on_a_cut_belongs_to_the_band_above() -> None:
    found = bands({69.99: 1, 70.0: 2, 89.999: 1, 90.0: 3}, [70, 90])
    assert found.counts == (1, 3, 3)
    assert bands({}, [70]).percents == (None, None)
    with pytest.raises(ValueError, match="rise"):
        bands({}, [90, 70])


def test_rescaling_turns_a_reversed_scale_and_keeps_the_spread_positive() -> None:
    assert (rescale(2, 1, (1, 5)).score, rescale(2, 1, (1, 5), reverse=True).score) == (25.0, 75.0)
    assert rescale(2, 1, (1, 5), reverse=True).sd == 25.0
    assert rescale(None, None, (1, 5)).reason is Reason.NO_ANSWERS
    assert rescale(3, 0, (3, 3)).reason is Reason.NOT_APPLICABLE


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90))
def test_net_intervals_are_what_rocks_and_wald_say(up: int, middle: int, down: int) -> None:
    parts = Parts(up, middle, down)
    narrow, wide = wald(parts), adjusted_wald(parts)
    if parts.n == 0:
        assert narrow is wide is None
        return
    assert narrow is not None and wide is not None
    score = 100 * (up - down) / parts.n
    assert narrow[0] <= score <= narrow[1]
    assert -100 <= wide[0] < wide[1] <= 100


def test_two_groups_of_promoters_only_differ_by_nothing_that_can_be_tested() -> None:
    found = net_difference(Parts(3, 0, 0), Parts(9, 0, 0))
    assert (found.difference, found.z, found.p, found.reason) == (0.0, None, None, Reason.NO_SPREAD)
    assert net_difference(Parts(0, 0, 0), Parts(9, 0, 0)).reason is Reason.NO_ANSWERS


@given(*[st.integers(0, 50)] * 4)
def test_ratios_of_shares_lie_in_their_intervals_or_are_none(x1: int, no1: int, x2: int, no2: int) -> None:
    found = share_effect(x1, x1 + no1, x2, x2 + no2)
    if found.odds_low is not None and found.odds_high is not None:
        assert found.odds_ratio == pytest.approx(x1 * no2 / (no1 * x2))
        assert found.odds_low < found.odds_ratio < found.odds_high  # type: ignore[operator]
    if found.risk_low is not None:
        expected = stats.contingency.relative_risk(x1, x1 + no1, x2, x2 + no2)
        interval = expected.confidence_interval()
        assert (found.risk_low, found.risk_high) == pytest.approx((interval.low, interval.high), rel=1e-9)
