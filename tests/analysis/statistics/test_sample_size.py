from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.sample_size import (
    sample_size_means,
    sample_size_shares,
    smallest_mean_difference,
    smallest_share,
    smallest_shift,
    survey_size,
)
from analysis.types import Reason


@given(st.floats(0.01, 0.97), st.integers(20, 100_000))
def test_the_smallest_share_needs_just_so_many_persons(p1: float, n: int) -> None:
    found = smallest_share(p1, n)
    if found.share is None:
        assert found.reason is Reason.TOO_FEW
        assert (sample_size_shares(p1, 1.0).n or 0) > n
    else:
        assert found.share > p1 and found.difference == pytest.approx(found.share - p1)
        assert sample_size_shares(p1, found.share).n == pytest.approx(n, rel=1e-6)


@given(st.floats(0.02, 8), st.sampled_from([0.01, 0.05]), st.sampled_from([0.8, 0.9]))
def test_the_power_at_the_size_found_is_the_power_wanted(delta: float, alpha: float, power: float) -> None:
    n = sample_size_means(delta, 1.0, alpha, power).n
    assert n is not None
    df, shift = 2 * n - 2, delta * math.sqrt(n / 2)
    critical = stats.t.ppf(1 - alpha / 2, df)
    got = stats.nct.sf(critical, df, shift)
    assert got == pytest.approx(power, abs=1e-5) or (n == 2.0 and got >= power)


@given(st.integers(2, 10_000), st.integers(2, 10_000), st.floats(0.1, 30))
def test_the_smallest_difference_has_the_power_wanted(n1: int, n2: int, sd: float) -> None:
    found = smallest_mean_difference(sd, n1, n2)
    assert found is not None
    df, shift = n1 + n2 - 2, found / sd / math.sqrt(1 / n1 + 1 / n2)
    assert stats.nct.sf(stats.t.ppf(0.975, df), df, shift) == pytest.approx(0.8, abs=1e-4)


def test_no_difference_needs_no_size() -> None:
    assert sample_size_shares(0.8, 0.8).reason is Reason.NO_SPREAD
    assert sample_size_means(0, 1).reason is Reason.NO_SPREAD
    assert sample_size_means(1, 0).n is None
    assert sample_size_means(1e-9, 1).reason is Reason.NOT_CONVERGED
    assert smallest_share(1.0, 50).share is None and smallest_share(0.5, 0).reason is Reason.TOO_FEW
    assert smallest_mean_difference(1, 2, 0) is None and smallest_shift(1, 0) is None
    assert survey_size(0.5, 0).reason is Reason.NOT_APPLICABLE


def test_a_small_population_needs_fewer_answers() -> None:
    assert survey_size(0.5, 0.05).n_required == 385
    assert survey_size(0.5, 0.05, population=1200).n_required == 292
    assert survey_size(0.5, 0.05, population=1).n_required == 1
    assert survey_size(1.0, 0.05).n_required == 0


def test_percent_instead_of_shares_is_refused() -> None:
    for call in (
        lambda: sample_size_shares(85, 90),
        lambda: smallest_share(0.5, 100, power=80),
        lambda: survey_size(50, 0.05),
        lambda: sample_size_means(1, -1),
    ):
        with pytest.raises(ValueError, match="between 0 and 1|negative"):
            call()
