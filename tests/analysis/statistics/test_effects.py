from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.autoregression import RHOS, reml
from analysis.statistics.change import difference
from analysis.statistics.difference_in_differences import difference_in_differences
from analysis.statistics.interrupted import design, segmented
from analysis.statistics.series_effect import series_effect
from analysis.types import Distribution, Reason, Verdict
from tests.analysis.statistics.finite import not_finite
from tests.analysis.statistics.strategies import FIVE

NOISE = np.random.default_rng(1).standard_normal(40)


def series(before: int, after: int, jump: float, bend: float = 0.0, noise: float = 1.0) -> list[float]:
    return [
        70 + 0.1 * i + (jump + bend * (i - before)) * (i >= before) + noise * float(NOISE[i])
        for i in range(before + after)
    ]


def test_terms_and_errors_are_those_of_the_definition() -> None:
    y, lag = np.array(series(12, 10, 4)), 3
    fit = segmented(y.tolist(), 13, lag)
    x = design(range(1, 23), 13)
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    left = y - x @ beta
    meat = np.zeros((4, 4))
    for i in range(22):
        for j in range(22):
            weight = max(0.0, 1 - abs(i - j) / (lag + 1))
            meat += weight * left[i] * left[j] * np.outer(x[i], x[j])
    bread = np.linalg.inv(x.T @ x)
    robust = np.sqrt(np.diag(bread @ meat @ bread))
    assert [term.value for term in fit.terms.values()] == pytest.approx(beta.tolist())
    assert [term.se_nw for term in fit.terms.values()] == pytest.approx(robust.tolist())


def test_a_missing_month_keeps_its_place() -> None:
    whole: list[float | None] = list(series(8, 8, 5, noise=0))
    holed = [*whole[:3], None, *whole[4:]]
    first, second = segmented(whole, 9).terms, segmented(holed, 9).terms
    assert [one.value for one in first.values()] == pytest.approx([one.value for one in second.values()])


def test_a_jump_beyond_the_noise_is_likely_real_and_the_line_without_it_goes_on() -> None:
    found = series_effect(series(12, 12, 6), 12)
    assert (found.verdict, found.reason) == (Verdict.LIKELY_REAL, None)
    assert found.rho is not None and 0 <= found.rho <= 0.95
    assert found.effect is not None and found.effect.interval is not None
    assert found.effect.interval[0] < 6 < found.effect.interval[1]
    assert [one.index for one in found.expected] == list(range(12, 24))
    gaps = [one.fitted - one.without for one in found.expected]
    assert sum(gaps) / 12 == pytest.approx(found.effect.value)
    widths = [one.interval[1] - one.interval[0] for one in found.expected if one.interval]
    assert widths == sorted(widths)  # the further from the baseline, the less is known


def test_restricted_likelihood_is_that_of_the_whole_covariance_matrix() -> None:
    times = [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14]
    y = np.cumsum(NOISE[:12]) + 80
    x = design(times, 8)
    found = reml(x, y, times)

    def restricted(rho: float) -> float:
        whole = rho ** np.abs(np.subtract.outer(times, times))
        inverse = np.linalg.inv(whole)
        square = x.T @ inverse @ x
        left = y - x @ np.linalg.solve(square, x.T @ inverse @ y)
        dets = np.linalg.slogdet(whole)[1] + np.linalg.slogdet(square)[1]
        return float(-(dets + (12 - 4) * np.log(left @ inverse @ left)) / 2)

    assert found.rho > 0
    assert all(restricted(found.rho) >= restricted(rho) for rho in RHOS)
    inverse = np.linalg.inv(found.rho ** np.abs(np.subtract.outer(times, times)))
    assert found.beta == pytest.approx(np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y))


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_where_nothing_changed_a_real_change_is_seldom_claimed(rho: float) -> None:
    random, claimed = np.random.default_rng(11), 0
    for _ in range(200):
        errors = random.standard_normal(54)
        for i in range(1, 54):
            errors[i] += rho * errors[i - 1]
        claimed += series_effect(errors[30:].tolist(), 12).verdict is Verdict.LIKELY_REAL
    assert claimed <= 25  # exact intervals: 10; with Newey–West's a sixth and a quarter of all were claimed


def test_no_jump_in_a_quiet_series_is_no_important_difference() -> None:
    assert series_effect(series(14, 14, 0), 14).verdict is Verdict.NO_IMPORTANT_DIFFERENCE
    assert series_effect(series(14, 14, 0, noise=20), 14).verdict is Verdict.CANNOT_TELL


def test_fewer_than_eight_points_a_side_cannot_tell() -> None:
    found = series_effect(series(12, 7, 30), 12)
    assert (found.verdict, found.reason, found.after) == (Verdict.CANNOT_TELL, Reason.TOO_FEW, 7)
    assert found.effect is not None and found.effect.value > 20
    assert series_effect(series(12, 1, 30), 12).effect is None


def test_a_series_without_any_scatter_has_no_verdict() -> None:
    found = series_effect([80.0] * 20, 10)
    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.NO_SPREAD)


def test_what_happens_to_the_comparator_as_well_is_not_the_measures_doing() -> None:
    unit, other = (
        series(12, 12, 8),
        [value - 3 + 0.3 * float(NOISE[-i]) for i, value in enumerate(series(12, 12, 8))],
    )
    assert series_effect(unit, 12).verdict is Verdict.LIKELY_REAL
    assert series_effect(unit, 12, other).verdict is Verdict.NO_IMPORTANT_DIFFERENCE
    with pytest.raises(ValueError):
        series_effect(unit, 12, other[:-1])


def test_the_measures_effect_is_the_change_beyond_that_of_the_comparator() -> None:
    def five(low: int, high: int) -> Distribution:
        return Distribution({"1": low, "5": high})

    unit, other = (five(50, 450), five(150, 350)), (five(100, 400), five(130, 370))
    found = difference_in_differences(unit, other, "csat", FIVE)
    changes = [difference(*pair, "csat", FIVE) for pair in (unit, other)]
    assert found.difference == pytest.approx(20 - 6)
    assert (found.verdict, found.method) == (Verdict.LIKELY_REAL, "difference_in_differences")
    first, second = changes
    assert found.low is not None and first.low is not None and second.high is not None
    assert (14 - found.low) ** 2 == pytest.approx((20 - first.low) ** 2 + (second.high - 6) ** 2)


def test_without_a_baseline_there_is_no_effect() -> None:
    now = Distribution({"1": 5, "5": 20})
    for unit, other in (((now, None), (now, now)), ((now, now), (now, None))):
        found = difference_in_differences(unit, other, "mean", FIVE)
        assert (found.difference, found.reason) == (None, Reason.NO_BASELINE)


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100), st.integers(79, 80)), max_size=30), st.integers(0, 30)
)
def test_any_series_gives_numbers_or_a_reason(values: list[float | None], start: int) -> None:
    found = series_effect(values, start)
    assert not list(not_finite(found))
    assert found.reason is None or found.verdict is Verdict.CANNOT_TELL
