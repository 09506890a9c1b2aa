from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.choose import Method
from analysis.statistics.published_means import (
    Answers,
    PrintedMean,
    check_printed_mean,
    compare_printed_means,
)
from analysis.statistics.published_p import ClaimedP, Relation, Usual, claim_holds
from analysis.statistics.published_shares import (
    PrintedShare,
    check_printed_share,
    compare_printed_shares,
)
from analysis.types import Verdict

BELOW_5_PERCENT = ClaimedP(Relation.BELOW, "0.05")
SAMPLE = st.lists(st.integers(1, 10), min_size=2, max_size=40)


def test_all_of_fifty_against_forty_eight_is_no_proof() -> None:
    found = compare_printed_shares(PrintedShare(50, 50), PrintedShare(50, 48), BELOW_5_PERCENT)
    assert found.tested.choice.test is Method.FISHER
    assert found.tested.p == pytest.approx(stats.fisher_exact([[50, 0], [48, 2]]).pvalue)
    assert (found.holds, found.fits) == (False, ())
    assert found.comparison.verdict is Verdict.CANNOT_TELL


def test_a_percentage_that_no_count_gives_has_two_neighbours() -> None:
    found = check_printed_share(PrintedShare(24, percent="88.72"))
    assert (found.possible, found.nearest) == (False, (21, 22))


def test_a_count_and_a_percentage_must_fit() -> None:
    assert check_printed_share(PrintedShare(24, 21, "87.5")).possible
    assert not check_printed_share(PrintedShare(24, 22, "87.5")).possible


def test_a_spread_too_small_for_its_range_may_be_a_standard_error() -> None:
    found = check_printed_mean(PrintedMean(50, "6.50", "0.25"), Answers(3, 10, observed=True))
    assert (found.sd_ok, found.mean_ok) == (False, True)
    assert found.if_error == pytest.approx(0.25 * 50**0.5)
    assert check_printed_mean(PrintedMean(50, "6.50", "0.25"), Answers(3, 10)).sd_ok


@given(SAMPLE, st.integers(0, 3))
def test_what_was_computed_from_answers_is_never_called_impossible(sample: list[int], places: int) -> None:
    mean, sd = f"{np.mean(sample):.{places}f}", f"{np.std(sample, ddof=1):.{places}f}"
    for answers in (Answers(min(sample) - 0.5, max(sample), False), Answers(1, 10)):
        assert check_printed_mean(PrintedMean(len(sample), mean, sd), answers).possible
    if min(sample) < max(sample):
        observed = Answers(min(sample), max(sample), observed=True)
        assert check_printed_mean(PrintedMean(len(sample), mean, sd), observed).possible


@given(SAMPLE, SAMPLE, st.integers(1, 3))
def test_the_p_of_the_answers_lies_among_those_of_the_printed_figures(
    first: list[int], second: list[int], places: int
) -> None:
    if len(set(first)) < 2 or len(set(second)) < 2:
        return
    one, other = (
        PrintedMean(len(of), f"{np.mean(of):.{places}f}", f"{np.std(of, ddof=1):.{places}f}")
        for of in (first, second)
    )
    true = stats.ttest_ind(first, second, equal_var=False).pvalue
    found = compare_printed_means(one, other)
    assert found.p_low is not None and found.p_high is not None
    assert found.p_low - 0.002 <= true <= found.p_high + 0.002


@given(st.integers(5, 400), st.integers(5, 400), st.data())
def test_counts_behind_printed_percentages_keep_their_p(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    counted = compare_printed_shares(PrintedShare(n1, x1), PrintedShare(n2, x2))
    printed = [PrintedShare(n, percent=f"{100 * x / n:.1f}") for x, n in ((x1, n1), (x2, n2))]
    found = compare_printed_shares(*printed)
    if counted.p_low is not None and found.p_low is not None and found.p_high is not None:
        assert found.p_low - 1e-9 <= counted.p_low <= found.p_high + 1e-9


def test_another_usual_test_that_gives_the_claim_is_named() -> None:
    found = compare_printed_shares(PrintedShare(20, 20), PrintedShare(20, 16), BELOW_5_PERCENT)
    assert found.tested.choice.test is Method.FISHER
    assert (found.holds, found.fits) == (False, (Usual.CHI_SQUARE,))


@pytest.mark.parametrize(
    ("relation", "printed", "p", "holds"),
    [
        (Relation.BELOW, "0.05", 0.049, True),
        (Relation.BELOW, "0.05", 0.05, False),
        (Relation.AT_MOST, "0.05", 0.05, True),
        (Relation.EQUAL, "0.03", 0.0349, True),
        (Relation.EQUAL, "0.03", 0.0351, False),
        (Relation.EQUAL, "0.000", 0.0004, True),
        (Relation.ABOVE, "0.05", 0.05, False),
        (Relation.AT_LEAST, "0.05", 0.05, True),
    ],
)
def test_a_claim_holds_as_it_is_printed(relation: Relation, printed: str, p: float, holds: bool) -> None:
    assert claim_holds(ClaimedP(relation, printed), p, p) is holds


def test_where_everybody_answered_alike_nothing_is_tested() -> None:
    found = compare_printed_shares(PrintedShare(9, 9), PrintedShare(5, 5), BELOW_5_PERCENT)
    assert (found.p_low, found.holds) == (None, None)
    means = compare_printed_means(PrintedMean(5, "3.0", "0"), PrintedMean(1, "3.0", "0"))
    assert means.comparison.low is None


@pytest.mark.parametrize(
    "wrong",
    [
        PrintedShare(0, 0),
        PrintedShare(5),
        PrintedShare(5, 6),
        PrintedShare(5, -1),
        PrintedShare(5, percent="101"),
    ],
)
def test_what_is_no_share_is_refused(wrong: PrintedShare) -> None:
    with pytest.raises(ValueError, match="share|persons|percentage"):
        check_printed_share(wrong)


def test_means_without_spread_are_not_compared() -> None:
    with pytest.raises(ValueError, match="standard deviations"):
        compare_printed_means(PrintedMean(5, "3.0"), PrintedMean(5, "3.1", "1"))
