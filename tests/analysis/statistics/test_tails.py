from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.tails import (
    chi_square_p,
    f_p,
    normal_p,
    normal_quantile,
    student_p,
    student_quantile,
)

DEGREES = st.one_of(st.integers(1, 200_000), st.floats(0.5, 5000))


@given(st.floats(-40, 40), DEGREES)
def test_p_is_both_tails(t: float, df: float) -> None:
    assert student_p(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-8, abs=1e-300)


@given(st.floats(0.01, 0.9999), DEGREES)
def test_p_at_the_quantile_is_what_the_interval_leaves_out(confidence: float, df: float) -> None:
    assert student_p(student_quantile(confidence, df), df) == pytest.approx(1 - confidence, rel=1e-9)


@given(st.floats(0.01, 0.9999))
def test_the_normal_quantile_and_p_are_each_others_inverse(confidence: float) -> None:
    assert normal_p(normal_quantile(confidence)) == pytest.approx(1 - confidence, rel=1e-9)


@given(st.floats(0, 200), st.integers(1, 100), st.integers(1, 5000))
def test_the_upper_tails_agree_with_scipy_stats(x: float, df1: int, df2: int) -> None:
    assert chi_square_p(x, df1) == pytest.approx(stats.chi2.sf(x, df1), rel=1e-9, abs=1e-300)
    assert f_p(x, df1, df2) == pytest.approx(stats.f.sf(x, df1, df2), rel=1e-8, abs=1e-300)


def test_known_quantiles() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)
    assert student_quantile(0.95, 10) == pytest.approx(2.228138851964939)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_outside_0_to_1_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        normal_quantile(confidence)


def test_degrees_of_freedom_must_be_positive() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        student_p(1.0, 0)
    with pytest.raises(ValueError, match="degrees of freedom"):
        student_quantile(0.95, 0)
