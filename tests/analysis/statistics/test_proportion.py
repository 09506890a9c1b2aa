from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.proportion import agresti_coull, clopper_pearson, newcombe, wilson

Interval = Callable[[int, int], tuple[float, float] | None]
SHARES = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES)
def test_wilson_holds_the_share_and_never_has_zero_width(share: tuple[int, int]) -> None:
    x, n = share
    interval = wilson(x, n)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= x / n <= high <= 1
    assert low < high


@given(SHARES, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_agrees_with_scipy(share: tuple[int, int], confidence: float) -> None:
    x, n = share
    expected = stats.binomtest(x, n).proportion_ci(confidence, "wilson")
    assert wilson(x, n, confidence) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-12)


@given(SHARES)
def test_one_more_satisfied_raises_both_ends(share: tuple[int, int]) -> None:
    x, n = share
    before, after = wilson(x, n + 1), wilson(x + 1, n + 1)
    assert before is not None and after is not None
    assert before[0] < after[0] and before[1] < after[1]


@given(SHARES, SHARES)
def test_newcombe_mirrors_when_the_groups_change_places(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    there, back = newcombe(*first, *second), newcombe(*second, *first)
    assert there is not None and back is not None
    assert there == pytest.approx((-back[1], -back[0]), abs=1e-12)
    assert there[0] <= first[0] / first[1] - second[0] / second[1] <= there[1]


@pytest.mark.parametrize(("x", "n"), [(-1, 3), (4, 3), (1, 0)])
def test_impossible_counts_are_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(x, n)


def test_nobody_asked_gives_no_interval() -> None:
    assert wilson(0, 0) is clopper_pearson(0, 0) is agresti_coull(0, 0) is None
    assert newcombe(3, 5, 0, 0) is None


@given(SHARES, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_exact_interval_agrees_with_scipy(share: tuple[int, int], confidence: float) -> None:
    x, n = share
    expected = stats.binomtest(x, n).proportion_ci(confidence, "exact")
    got = clopper_pearson(x, n, confidence)
    assert got == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-12)


@given(SHARES)
def test_agresti_and_coull_hold_wilson(share: tuple[int, int]) -> None:
    wider, narrower = agresti_coull(*share), wilson(*share)
    assert wider is not None and narrower is not None
    assert 0 <= wider[0] <= narrower[0] + 1e-12 and narrower[1] <= wider[1] + 1e-12 <= 1 + 1e-12


@pytest.mark.parametrize("interval", [wilson, clopper_pearson, agresti_coull])
def test_a_share_of_a_thousand_million_has_a_narrow_interval(interval: Interval) -> None:
    low, high = interval(3 * 10**8, 10**9) or (0.0, 0.0)
    assert 0.29997 < low < 0.3 < high < 0.30003
