from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.effect_sizes import mean_effect, small_sample
from analysis.statistics.means_compared import against_standard, paired, student, welch, welch_anova
from analysis.statistics.moments import Moments, moments, summary
from analysis.statistics.sums import Sums
from analysis.types import Reason
from tests.analysis.statistics.strategies import FIVE

HISTOGRAM = st.lists(st.integers(0, 40), min_size=5, max_size=5)
VALUES = {str(number): float(number) for number in range(1, 6)}


def of(histogram: list[int]) -> Moments | None:
    return moments(dict(zip(VALUES, histogram, strict=True)), VALUES)


def raw(histogram: list[int]) -> list[int]:
    return [number for number, count in enumerate(histogram, 1) for _ in range(count)]


@given(HISTOGRAM, HISTOGRAM)
def test_t_tests_of_histograms_agree_with_scipy_on_the_answers(one: list[int], other: list[int]) -> None:
    assume(len(set(raw(one))) > 1 and len(set(raw(other))) > 1)
    for test, equal in ((welch, False), (student, True)):
        got, expected = test(of(one), of(other)), stats.ttest_ind(raw(one), raw(other), equal_var=equal)
        interval = expected.confidence_interval(0.95)
        assert (got.t, got.df, got.p, got.low, got.high) == pytest.approx(
            (expected.statistic, expected.df, expected.pvalue, interval.low, interval.high),
            rel=1e-8,
            abs=1e-9,
        )


@given(HISTOGRAM, st.floats(1, 5))
def test_a_mean_against_a_standard_agrees_with_scipy(histogram: list[int], standard: float) -> None:
    assume(len(set(raw(histogram))) > 1)
    got, expected = against_standard(of(histogram), standard), stats.ttest_1samp(raw(histogram), standard)
    assert (got.t, got.df, got.p) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue), rel=1e-7
    )


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=40))
def test_the_same_people_twice_agree_with_scipy(rows: list[tuple[int, int]]) -> None:
    got = paired(Sums.of(rows))
    changes = [after - before for before, after in rows]
    if len(set(changes)) == 1:
        assert (got.difference, got.t, got.reason) == (changes[0], None, Reason.NO_SPREAD)
        return
    expected = stats.ttest_rel([after for _, after in rows], [before for before, _ in rows])
    assert (got.t, got.p) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9, abs=1e-12)
    assert got.effect == pytest.approx(np.mean(changes) / np.std(changes, ddof=1), abs=1e-12)


@given(st.lists(HISTOGRAM, min_size=2, max_size=5))
def test_several_means_agree_with_scipy(groups: list[list[int]]) -> None:
    assume(all(len(set(raw(group))) > 1 for group in groups))
    got = welch_anova([of(group) for group in groups])
    expected = stats.f_oneway(*map(raw, groups), equal_var=False)
    assert (got.f, got.p) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "reason", "difference"),
    [
        ([0, 0, 0, 0, 0], [0, 3, 0, 0, 4], Reason.NO_ANSWERS, None),
        ([0, 0, 0, 1, 0], [0, 3, 0, 0, 4], Reason.TOO_FEW, 4 - 26 / 7),
        ([0, 0, 0, 9, 0], [0, 0, 5, 0, 0], Reason.NO_SPREAD, 1.0),
    ],
)
def test_what_two_groups_do_not_tell_is_none(
    one: list[int], other: list[int], reason: Reason, difference: float | None
) -> None:
    found = welch(of(one), of(other))
    assert (found.t, found.df, found.p, found.low, found.effect) == (None,) * 5
    assert found.reason is reason
    assert found.difference == (None if difference is None else pytest.approx(difference))


def test_student_can_use_a_group_of_one() -> None:
    got = student(of([0, 0, 0, 1, 0]), of([3, 2, 4, 0, 1]))
    expected = stats.ttest_ind([4], raw([3, 2, 4, 0, 1]))
    assert (got.t, got.p) == pytest.approx((expected.statistic, expected.pvalue))
    assert student(of([0, 0, 0, 1, 0]), of([1, 0, 0, 0, 0])).reason is Reason.TOO_FEW
    assert student(of([0, 0, 0, 3, 0]), of([2, 0, 0, 0, 0])).reason is Reason.NO_SPREAD


def test_one_group_or_none_is_not_an_analysis_of_variance() -> None:
    assert welch_anova([]).reason is Reason.NO_ANSWERS
    assert welch_anova([of([1, 2, 3, 0, 0]), None]).reason is Reason.ONE_GROUP
    assert welch_anova([of([1, 2, 3, 0, 0]), of([0, 0, 1, 0, 0])]).reason is Reason.TOO_FEW
    assert welch_anova([of([1, 2, 3, 0, 0]), of([0, 0, 7, 0, 0])]).reason is Reason.NO_SPREAD


def test_one_person_twice_and_nobody_twice() -> None:
    assert paired(Sums.of([[3, 5]])).reason is Reason.TOO_FEW
    assert paired(Sums.empty(2)).reason is Reason.NO_ANSWERS
    with pytest.raises(ValueError, match="two items"):
        paired(Sums.empty(3))


def test_the_small_sample_correction_is_exact_and_nears_one() -> None:
    assert small_sample(1) is None
    assert small_sample(10) == pytest.approx(1 - 3 / 39, abs=5e-4)
    assert small_sample(10**9) == pytest.approx(1 - 3 / (4e9 - 1), abs=1e-14)


def test_effects_without_spread_are_none() -> None:
    found = mean_effect(of([0, 0, 0, 3, 0]), of([0, 0, 4, 0, 0]))
    assert (found.cohens_d, found.hedges_g, found.glass_delta) == (None, None, None)
    assert found.reason is Reason.NO_SPREAD
    assert mean_effect(of([2, 2, 0, 0, 0]), of([0, 0, 0, 3, 0])).glass_delta is None
    assert mean_effect(None, None).reason is Reason.NO_ANSWERS


@given(HISTOGRAM)
def test_a_summary_agrees_with_numpy(histogram: list[int]) -> None:
    found, answers = summary(dict(zip(VALUES, histogram, strict=True)), FIVE.values), raw(histogram)
    assert (found.n, found.total) == (len(answers), sum(answers))
    assert found.squares == sum(answer**2 for answer in answers)
    if not answers:
        assert (found.mean, found.median, found.sd, found.reason) == (None, None, None, Reason.NO_ANSWERS)
        return
    assert (found.mean, found.median) == pytest.approx((np.mean(answers), np.median(answers)))
    if len(answers) == 1:
        assert (found.sd, found.se, found.low, found.reason) == (None, None, None, Reason.TOO_FEW)
    else:
        assert found.sd == pytest.approx(np.std(answers, ddof=1), abs=1e-12)
        assert found.reason is None
