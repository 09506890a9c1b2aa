from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.ranks import kruskal_wallis, mann_whitney
from analysis.types import Reason

HISTOGRAM = st.lists(st.one_of(st.just(0), st.integers(0, 40)), min_size=5, max_size=5)


def raw(histogram: list[int]) -> list[int]:
    return [number for number, count in enumerate(histogram, 1) for _ in range(count)]


@given(HISTOGRAM, HISTOGRAM)
def test_mann_and_whitney_agree_with_scipy_on_the_answers(one: list[int], other: list[int]) -> None:
    found = mann_whitney(one, other)
    if not (sum(one) and sum(other)):
        assert (found.u1, found.p, found.auc, found.reason) == (None, None, None, Reason.NO_ANSWERS)
        return
    if len(set(raw(one)) | set(raw(other))) == 1:
        assert (found.p, found.p_uncorrected, found.auc, found.cliffs_delta) == (1.0, 1.0, 0.5, 0.0)
        return
    for corrected, p in ((True, found.p), (False, found.p_uncorrected)):
        expected = stats.mannwhitneyu(raw(one), raw(other), method="asymptotic", use_continuity=corrected)
        assert found.u1 == expected.statistic
        assert p == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.auc is not None and found.cliffs_delta == pytest.approx(2 * found.auc - 1)


@given(st.lists(HISTOGRAM, min_size=1, max_size=5))
def test_kruskal_and_wallis_agree_with_scipy_on_the_answers(groups: list[list[int]]) -> None:
    found, filled = kruskal_wallis(groups), [raw(group) for group in groups if sum(group)]
    if len(filled) < 2:
        assert found.p is None and found.reason in (Reason.ONE_GROUP, Reason.NO_ANSWERS)
    elif len({answer for group in filled for answer in group}) == 1:
        assert (found.h, found.p, found.reason) == (None, 1.0, Reason.NO_SPREAD)
    else:
        expected = stats.kruskal(*filled)
        assert found.h == pytest.approx(expected.statistic, rel=1e-8, abs=1e-9)
        assert found.p == pytest.approx(
            stats.chi2.sf(found.h, len(filled) - 1), rel=1e-9
        )  # SciPy's h is rounded
        assert found.df == len(filled) - 1


def test_answers_of_thousands_of_millions_are_compared() -> None:
    found = mann_whitney([10**12, 10**12], [10**12, 10**12 + 10**7])
    assert found.p is not None and 0 < found.p < 1e-6 and found.auc == pytest.approx(0.5, abs=1e-5)


def test_histograms_of_different_scales_are_refused() -> None:
    with pytest.raises(ValueError, match="one scale"):
        mann_whitney([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="negative"):
        kruskal_wallis([[1, 2], [-1, 2]])
