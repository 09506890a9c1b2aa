from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics import METRICS, difference
from analysis.statistics.choose import Method
from analysis.statistics.compared import compare
from analysis.statistics.compared_groups import compare_groups
from analysis.statistics.compared_same import compare_items, compare_same
from analysis.statistics.sums import Sums
from analysis.types import Distribution, Reason, Verdict
from tests.analysis.statistics.strategies import FIVE, METRIC_SCALES, TEN, distributions, finite

NAMES = st.sampled_from(sorted(METRICS))
MEASURED = NAMES.flatmap(
    lambda name: st.tuples(
        st.just(name), st.lists(distributions(METRIC_SCALES[name], 30), min_size=2, max_size=5)
    )
)
ANSWERS = st.sampled_from([str(number) for number in range(1, 6)])


def five(*counts: int) -> Distribution:
    return Distribution({str(number): count for number, count in enumerate(counts, 1)})


@given(MEASURED)
def test_the_difference_comes_from_its_one_home_and_everything_is_finite(
    measured: tuple[str, list[Distribution]],
) -> None:
    name, (current, base, *_) = measured
    scale = METRIC_SCALES[name]
    found = compare(current, base, name, scale)
    assert found.comparison == difference(current, base, name, scale)
    assert (found.n, found.n_base) == (current.n, base.n)
    assert finite(found)
    assert found.tested is None or found.tested.p == found.comparison.p
    assert found.tested is None or found.tested.p is not None or found.tested.reason is not None


@given(MEASURED, st.booleans())
def test_many_groups_always_give_a_test_or_a_reason(
    measured: tuple[str, list[Distribution]], ordered: bool
) -> None:
    name, groups = measured
    named = {str(place): group for place, group in enumerate(groups)}
    found = compare_groups(named, name, METRIC_SCALES[name], ordered=ordered)
    assert finite(found)
    assert found.groups == sum(group.n > 0 for group in groups)
    assert found.reason or (found.tested and (found.tested.p is not None or found.tested.reason))
    for pair in found.pairs:
        assert pair.p_holm is None or pair.comparison.p is None or pair.p_holm >= pair.comparison.p
        if pair.comparison.verdict is Verdict.LIKELY_REAL:
            assert pair.p_holm is not None and pair.p_holm < 0.05


@given(
    st.dictionaries(st.tuples(ANSWERS, ANSWERS), st.integers(0, 20)),
    st.sampled_from(["csat", "mean", "mean_100"]),
)
def test_the_same_people_always_give_a_difference_or_a_reason(
    pairs: dict[tuple[str, str], int], name: str
) -> None:
    found = compare_same(pairs, name, FIVE)
    assert finite(found)
    n = sum(pairs.values())
    assert (found.n, found.comparison.difference is None) == (n, n == 0)
    if n:
        before = Distribution(
            {key: sum(c for (one, _), c in pairs.items() if one == key) for key in FIVE.values}
        )
        after = Distribution(
            {key: sum(c for (_, two), c in pairs.items() if two == key) for key in FIVE.values}
        )
        marginal = difference(after, before, name, FIVE).difference
        assert found.comparison.difference == pytest.approx(marginal, abs=1e-9)


def test_two_shares_carry_test_reason_and_detectable_difference() -> None:
    found = compare(five(0, 0, 10, 50, 40), five(0, 0, 25, 45, 30), "csat", FIVE)
    assert found.comparison.difference == pytest.approx(15.0)
    assert found.comparison.verdict is Verdict.LIKELY_REAL
    assert found.tested is not None and found.tested.choice.test is Method.CHI_SQUARE
    assert found.tested.statistic == pytest.approx(7.792207792)
    assert found.detectable == pytest.approx(15.1, abs=0.2)  # from 75 %, 100 a side


def test_scores_have_ranks_beside_them() -> None:
    one, other = five(1, 2, 10, 21, 13), five(6, 9, 14, 15, 5)
    found = compare(one, other, "mean", FIVE)
    assert found.tested is not None and found.ranks is not None
    raw = [
        [number for number, count in enumerate(d.counts.values(), 1) for _ in range(count)]
        for d in (one, other)
    ]
    assert found.tested.p == pytest.approx(stats.ttest_ind(*raw, equal_var=False).pvalue)
    assert found.ranks.p == pytest.approx(stats.mannwhitneyu(*raw, method="asymptotic").pvalue)
    assert compare(Distribution({"9": 4, "3": 5}), Distribution({"1": 4}), "mean", TEN).ranks is None


def test_the_detectable_difference_is_detected_four_times_in_five() -> None:
    random, base, n = Random(7), 0.6, 150
    before = Distribution({"1": round(n * (1 - base)), "5": round(n * base)})
    distance = compare(before, before, "csat", FIVE).detectable
    assert distance is not None
    seen, runs = 0, 600
    for _ in range(runs):
        x = sum(random.random() < base for _ in range(n))
        y = sum(random.random() < base + distance / 100 for _ in range(n))
        p = compare(five(n - y, 0, 0, 0, y), five(n - x, 0, 0, 0, x), "csat", FIVE).comparison.p
        seen += p is not None and p < 0.05
    assert 0.75 < seen / runs < 0.85


def test_nothing_to_compare_has_its_reason_and_no_test() -> None:
    found = compare(five(1, 1, 1, 1, 1), None, "csat", FIVE)
    assert (found.tested, found.detectable, found.comparison.reason) == (None, None, Reason.NO_BASELINE)
    assert compare_groups({}, "csat", FIVE).reason is Reason.NO_ANSWERS
    assert compare_groups({"a": five(1, 0, 0, 0, 3), "b": five()}, "csat", FIVE).reason is Reason.ONE_GROUP
    assert compare_groups({"a": five(1), "b": five(2)}, "nps", FIVE).reason is Reason.NOT_APPLICABLE
    assert compare_same({}, "csat", FIVE).comparison.reason is Reason.NO_ANSWERS
    assert compare_same({("5", "5"): 3}, "nps", FIVE).comparison.reason is Reason.NOT_APPLICABLE


def test_forty_equal_groups_show_no_pair() -> None:
    random = Random(3)
    groups = {}
    for place in range(40):
        satisfied = sum(random.random() < 0.8 for _ in range(60))
        groups[f"ward {place}"] = five(60 - satisfied, 0, 0, 0, satisfied)
    found = compare_groups(groups, "csat", FIVE)
    assert len(found.pairs) == 780
    assert any(pair.comparison.p is not None and pair.comparison.p < 0.05 for pair in found.pairs)
    assert not any(pair.comparison.verdict is Verdict.LIKELY_REAL for pair in found.pairs)


def test_five_thousand_groups_have_one_test_and_no_pairs() -> None:
    groups = {str(place): five(2, 0, 0, 3, 5 + place % 3) for place in range(5000)}
    found = compare_groups(groups, "mean", FIVE)
    assert found.groups == 5000 and found.pairs == ()
    assert found.tested is not None and found.tested.p is not None


def test_few_expected_answers_in_several_groups_are_drawn() -> None:
    groups = {"a": five(3, 0, 0, 0, 1), "b": five(2, 0, 0, 0, 4), "c": five(0, 0, 0, 0, 5)}
    found = compare_groups(groups, "csat", FIVE)
    assert found.tested is not None and found.tested.choice.test is Method.MONTE_CARLO
    assert found.tested.p == compare_groups(groups, "csat", FIVE).tested.p  # type: ignore[union-attr]
    assert found.tested.df is None


def test_ordered_groups_are_tested_for_a_trend() -> None:
    groups = {str(month): five(60 - x, 0, 0, 0, x) for month, x in enumerate((31, 40, 47, 55))}
    found = compare_groups(groups, "csat", FIVE, ordered=True)
    assert found.tested is not None and found.tested.choice.test is Method.COCHRAN_ARMITAGE
    assert found.tested.statistic is not None and found.tested.statistic > 4


def test_the_same_people_who_changed_are_counted_one_by_one() -> None:
    found = compare_same({("1", "5"): 7, ("5", "1"): 1, ("5", "5"): 1, ("1", "1"): 12}, "csat", FIVE)
    assert found.tested is not None and found.tested.choice.test is Method.MCNEMAR_MID
    assert (found.comparison.low, found.comparison.high) == pytest.approx(
        (2.6, 50.7), abs=0.05
    )  # Fagerland 2014
    assert found.tested.p == pytest.approx(0.0391, abs=5e-5)
    many = compare_same({("1", "5"): 21, ("5", "1"): 9, ("5", "5"): 50}, "csat", FIVE)
    assert many.tested is not None and (many.tested.statistic, many.tested.df) == (pytest.approx(4.8), 1)


def test_items_are_compared_within_persons() -> None:
    rows = [[1, 1, 0]] * 9 + [[1, 1, 1]] * 4 + [[0, 1, 0]] * 3 + [[0, 0, 0]] * 2
    found = compare_items(Sums.of(rows))
    assert found.tested is not None and found.tested.choice.test is Method.COCHRAN_Q
    assert found.pairs[0, 2] == pytest.approx(2 * stats.binomtest(0, 9).pvalue / 2, abs=0.01)
    two = compare_items(Sums.of([[1, 0]] * 30 + [[0, 1]] * 10))
    assert two.tested is not None and two.tested.choice.test is Method.MCNEMAR
    assert compare_items(Sums.empty(3)).reason is Reason.NO_ANSWERS
    assert compare_items(Sums.of([[1, 1], [0, 0]])).tested is not None
