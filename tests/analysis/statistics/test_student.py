from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from analysis.statistics.student import normal_p, normal_quantile, student_p, student_quantile

DEGREES = st.one_of(st.integers(1, 200_000), st.floats(0.5, 5000))


@given(st.floats(-40, 40), DEGREES)
def test_p_agrees_with_scipy(t: float, df: float) -> None:
    assert student_p(t, df) == pytest.approx(2 * special.stdtr(df, -abs(t)), rel=1e-8, abs=1e-300)


@given(st.floats(0.5, 0.999), DEGREES)
def test_the_quantile_agrees_with_scipy(confidence: float, df: float) -> None:
    expected = special.stdtrit(df, (1 + confidence) / 2)
    assert student_quantile(confidence, df) == pytest.approx(expected, rel=1e-8)


@given(st.floats(0.01, 0.9999))
def test_the_normal_quantile_and_p_are_each_others_inverse(confidence: float) -> None:
    z = normal_quantile(confidence)
    assert z == pytest.approx(special.ndtri((1 + confidence) / 2), rel=1e-11)
    assert normal_p(z) == pytest.approx(1 - confidence, rel=1e-9)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_outside_0_to_1_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        normal_quantile(confidence)


def test_degrees_of_freedom_must_be_positive() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        student_p(1.0, 0)
