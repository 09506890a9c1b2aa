from __future__ import annotations

import pytest

from analysis.statistics.choose import Choice, Design, Kind, Method, Why, choose


@pytest.mark.parametrize(
    ("design", "test"),
    [
        (Design(Kind.SHARES, min_expected=5.0), Method.CHI_SQUARE),
        (Design(Kind.SHARES, min_expected=4.99), Method.FISHER),
        (Design(Kind.SCORES, points=5), Method.WELCH),
        (Design(Kind.NET), Method.NET_Z),
        (Design(Kind.SHARES, 4, min_expected=12.0), Method.CHI_SQUARE),
        (Design(Kind.SHARES, 4, min_expected=2.0), Method.MONTE_CARLO),
        (Design(Kind.SCORES, 4), Method.KRUSKAL_WALLIS),
        (Design(Kind.NET, 3), Method.KRUSKAL_WALLIS),
        (Design(Kind.SHARES, 4, ordered=True, min_expected=2.0), Method.COCHRAN_ARMITAGE),
        (Design(Kind.SHARES, same_people=True, changed=25), Method.MCNEMAR),
        (Design(Kind.SHARES, same_people=True, changed=24), Method.MCNEMAR_MID),
        (Design(Kind.SCORES, same_people=True), Method.PAIRED_T),
        (Design(Kind.SHARES, 5, same_people=True), Method.COCHRAN_Q),
        (Design(Kind.SCORES, date_of_change=True), Method.INTERRUPTED_SERIES),
        (Design(Kind.SHARES, 1, date_of_change=True), Method.INTERRUPTED_SERIES),
    ],
)
def test_the_design_alone_chooses_the_test(design: Design, test: Method) -> None:
    assert choose(design).test is test


def test_ranks_stand_beside_means_on_short_scales_only() -> None:
    assert choose(Design(Kind.SCORES, points=7)).beside is Method.MANN_WHITNEY
    assert choose(Design(Kind.SCORES, points=11)).beside is None


def test_pairs_follow_several_groups_without_an_order() -> None:
    assert choose(Design(Kind.SCORES, 3)) == Choice(Method.KRUSKAL_WALLIS, Why.GROUPS_SCORES, pairs=True)
    assert not choose(Design(Kind.SHARES, 3, ordered=True)).pairs
    assert not choose(Design(Kind.SHARES)).pairs


def test_one_group_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two groups"):
        choose(Design(Kind.SHARES, 1))
