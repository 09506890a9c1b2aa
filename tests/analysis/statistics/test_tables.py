from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.choose import Method
from analysis.statistics.monte_carlo import monte_carlo_p
from analysis.statistics.shares_compared import shares_test
from analysis.statistics.shares_in_order import cochran_armitage
from analysis.statistics.strata import mantel_haenszel
from analysis.statistics.tables import chi_square, chi_square_2x2, fisher
from analysis.types import Reason

COUNT = st.one_of(st.integers(0, 9), st.integers(0, 3000))
TWO = st.tuples(st.tuples(COUNT, COUNT), st.tuples(COUNT, COUNT))
TABLES = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(1, 60), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(TWO)
def test_chi_square_of_two_groups_agrees_with_scipy(table: tuple[tuple[int, int], tuple[int, int]]) -> None:
    (a, b), (c, d) = table
    got = chi_square_2x2(table)
    if not (a + b and c + d and a + c and b + d):
        assert (got.chi2, got.p, got.phi, got.min_expected) == (None,) * 4
        assert got.reason is (Reason.NO_SPREAD if a + b + c + d else Reason.NO_ANSWERS)
        return
    plain, yates = (stats.chi2_contingency(table, correction=on) for on in (False, True))
    assert (got.chi2, got.p) == pytest.approx((plain.statistic, plain.pvalue), rel=1e-9, abs=1e-12)
    assert (got.chi2_yates, got.p_yates) == pytest.approx(
        (yates.statistic, yates.pvalue), rel=1e-9, abs=1e-12
    )
    assert got.min_expected == pytest.approx(plain.expected_freq.min())
    assert got.phi is not None and (got.phi > 0) == (a * d > b * c)


@given(TWO)
def test_fishers_p_agrees_with_scipy(table: tuple[tuple[int, int], tuple[int, int]]) -> None:
    got = fisher(table)
    if not sum(map(sum, table)):
        assert (got.p, got.reason) == (None, Reason.NO_ANSWERS)
        return
    assume(got.p != 1.0)  # a mode nearly shared by two outcomes is counted otherwise by SciPy
    assert got.p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-7, abs=1e-250)


def test_fifty_of_fifty_against_forty_eight_of_fifty_proves_nothing() -> None:
    found = shares_test(50, 50, 48, 50)
    assert found.choice.test is Method.FISHER and found.p == pytest.approx(0.495, abs=0.0005)


def test_a_zero_margin_allows_one_table_only() -> None:
    assert fisher([[30, 0], [25, 0]]).p == 1.0
    assert fisher([[20, 0], [17, 3]]).odds_ratio is None
    assert fisher([[0, 20], [17, 3]]).odds_ratio == 0.0


def test_huge_tables_need_no_huge_memory() -> None:
    table = [[10**9, 10**9], [10**9 + 50_000, 10**9]]
    assert fisher(table).p == pytest.approx(chi_square_2x2(table).p, rel=1e-3)
    assert fisher([[10**9, 1], [1, 10**9]]).p == 0.0
    assert fisher([[2, 10**7], [0, 10**8]]).p == pytest.approx((1 / 11) ** 2, rel=1e-3)


@given(TABLES)
def test_chi_square_of_any_table_agrees_with_scipy(table: list[list[int]]) -> None:
    got, expected = chi_square(table), stats.chi2_contingency(table, correction=False)
    assert (got.chi2, got.df, got.p) == pytest.approx(
        (expected.statistic, expected.dof, expected.pvalue), rel=1e-9, abs=1e-9
    )
    assert got.cramers_v == pytest.approx(stats.contingency.association(table, "cramer"), abs=1e-9)
    assert got.share_expected_below_5 == pytest.approx((expected.expected_freq < 5).mean())


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[0, 0], [0, 0]], Reason.NO_ANSWERS),
        ([], Reason.NO_ANSWERS),
        ([[3, 0, 1], [2, 0, 2]], Reason.NO_SPREAD),
        ([[3, 1], [0, 0]], Reason.NO_SPREAD),
        ([[3, 4]], Reason.ONE_GROUP),
    ],
)
def test_a_table_that_says_nothing_has_a_reason(table: list[list[int]], reason: Reason) -> None:
    found = chi_square(table)
    assert (found.chi2, found.df, found.p, found.cramers_v, found.reason) == (None, None, None, None, reason)
    assert monte_carlo_p(table) is None


def test_tables_of_other_shapes_and_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows"):
        fisher([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ValueError, match="one scale"):
        chi_square([[1, 2], [1, 2, 3]])
    with pytest.raises(ValueError, match="negative"):
        chi_square_2x2([[1, 2], [-1, 3]])


def test_drawn_tables_give_the_exact_p_and_always_the_same() -> None:
    table = [[9, 1], [4, 6]]
    drawn = monte_carlo_p(table)
    assert drawn == monte_carlo_p(table) == monte_carlo_p([[9, 1], [4, 6]])
    assert drawn == pytest.approx(fisher(table).p, abs=0.015)
    wide = [[3, 1, 0], [2, 4, 1], [5, 0, 2]]
    expected = stats.fisher_exact(wide, method=stats.PermutationMethod(n_resamples=20_000, rng=1))
    assert monte_carlo_p(wide) == pytest.approx(expected.pvalue, abs=0.05)
    many = stats.chi2_contingency(
        wide, correction=False, method=stats.MonteCarloMethod(n_resamples=20_000, rng=1)
    )
    assert monte_carlo_p(wide) == pytest.approx(many.pvalue, abs=0.015)


def test_more_persons_than_can_be_drawn_have_no_drawn_p() -> None:
    assert monte_carlo_p([[10**9, 2], [3, 0]]) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=7))
def test_the_trend_is_a_regression_on_the_scores(groups: list[tuple[int, int]]) -> None:
    x, n = [yes for yes, _ in groups], [yes + no for yes, no in groups]
    found = cochran_armitage(x, n)
    rows = [(place, 1) for place, (yes, _) in enumerate(groups) for _ in range(yes)]
    rows += [(place, 0) for place, (_, no) in enumerate(groups) for _ in range(no)]
    places, answers = {place for place, _ in rows}, {answer for _, answer in rows}
    if len(places) < 2 or len(answers) < 2:
        assert found.z is None and found.reason is not None
        return
    r = stats.pearsonr(*zip(*rows, strict=True)).statistic if len(rows) > 2 else None
    if r is not None:
        assert found.chi2 == pytest.approx(len(rows) * r**2, rel=1e-9, abs=1e-9)
        assert found.z is not None and (abs(r) < 1e-12 or (found.z > 0) == (r > 0))


def test_trends_that_cannot_be_told_have_a_reason() -> None:
    assert cochran_armitage([5, 5], [5, 5]).reason is Reason.NO_SPREAD
    assert cochran_armitage([5, 0], [9, 0]).reason is Reason.ONE_GROUP
    assert cochran_armitage([], []).reason is Reason.NO_ANSWERS
    with pytest.raises(ValueError, match="between 0 and n"):
        cochran_armitage([5], [4])


def test_a_mix_that_changed_does_not_mislead() -> None:
    tables = [[[90, 10], [9, 1]], [[1, 9], [10, 90]]]  # no difference within either department
    found = mantel_haenszel(tables)
    assert found.odds_ratio == pytest.approx(1.0) and found.p == pytest.approx(1.0)
    assert found.crude_odds_ratio is not None and found.crude_odds_ratio > 20


def test_strata_with_an_empty_row_add_nothing() -> None:
    some = [[[40, 10], [30, 20]], [[18, 12], [9, 11]]]
    with_empty = [*some, [[5, 7], [0, 0]], [[0, 0], [0, 0]], [[1, 0], [0, 0]]]
    first, second = mantel_haenszel(some), mantel_haenszel(with_empty)
    assert (first.chi2, first.odds_ratio) == (second.chi2, second.odds_ratio)
    assert mantel_haenszel([]).reason is Reason.NO_ANSWERS
    assert mantel_haenszel([[[5, 0], [4, 0]]]).reason is Reason.NO_SPREAD
