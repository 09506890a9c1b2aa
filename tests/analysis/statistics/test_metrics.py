from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import METRICS, estimate, merge, response_rate, shares
from analysis.types import Distribution, Estimate, Reason, Scale, Unit
from tests.analysis.statistics.strategies import FIVE, METRIC_SCALES, SEVEN, TEN, distributions

NAMES = sorted(METRICS)
MEASURED = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), distributions(METRIC_SCALES[name]))
)


@given(MEASURED)
def test_a_figure_lies_in_its_interval_and_is_none_only_for_a_reason(
    measured: tuple[str, Distribution],
) -> None:
    name, distribution = measured
    figure = estimate(name, distribution, METRIC_SCALES[name])
    assert figure.n == distribution.n
    assert (figure.value is None) == (figure.reason is not None) == (distribution.n == 0)
    if figure.value is not None and figure.low is not None and figure.high is not None:
        assert figure.low <= figure.value + 1e-9 and figure.value <= figure.high + 1e-9
        assert figure.bounds is not None
        assert figure.bounds[0] <= figure.value <= figure.bounds[1]


@given(MEASURED)
def test_not_applicable_and_missing_never_count(measured: tuple[str, Distribution]) -> None:
    name, distribution = measured
    bare = Distribution(distribution.counts)
    assert estimate(name, distribution, METRIC_SCALES[name]) == estimate(name, bare, METRIC_SCALES[name])


@given(st.sampled_from(NAMES), st.data())
def test_a_better_answer_never_lowers_the_figure(name: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[name]
    keys = list(scale.values)
    worse, better = sorted(data.draw(st.tuples(st.sampled_from(keys), st.sampled_from(keys))), key=keys.index)
    counts = dict(data.draw(distributions(scale)).counts)
    before = estimate(name, Distribution(counts | {worse: counts[worse] + 1}), scale)
    after = estimate(name, Distribution(counts | {better: counts[better] + 1}), scale)
    assert before.value is not None and after.value is not None
    assert after.value >= before.value - 1e-9


@given(st.sampled_from(NAMES), st.data())
def test_merged_cells_give_the_figure_of_the_pooled_answers(name: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[name]
    cells = data.draw(st.lists(distributions(scale, 40), max_size=6))
    pooled = {key: sum(cell.counts[key] for cell in cells) for key in scale.values}
    merged = merge(cells)
    assert estimate(name, merged, scale) == estimate(name, Distribution(pooled), scale)
    assert merged.missing == sum(cell.missing for cell in cells)
    assert merged.not_applicable == sum(cell.not_applicable for cell in cells)


@given(st.sampled_from(NAMES), st.data())
def test_more_answers_of_the_same_kind_narrow_the_interval(name: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[name]
    counts = data.draw(distributions(scale, 40)).counts
    few = estimate(name, Distribution(counts), scale)
    many = estimate(name, Distribution({key: 9 * count for key, count in counts.items()}), scale)
    if None not in (few.low, few.high, many.low, many.high):
        assert width(many) <= width(few) + 1e-9


def width(figure: Estimate) -> float:
    assert figure.low is not None and figure.high is not None
    return figure.high - figure.low


@pytest.mark.parametrize("name", NAMES)
def test_no_answers_give_none_with_the_reason(name: str) -> None:
    figure = estimate(name, Distribution({}, not_applicable=11), METRIC_SCALES[name])
    assert (figure.value, figure.low, figure.high, figure.n) == (None, None, None, 0)
    assert figure.reason is Reason.NO_ANSWERS


@pytest.mark.parametrize("name", ["nps", "ces", "sentiment_balance"])
def test_a_metric_of_another_scale_is_not_applicable(name: str) -> None:
    figure = estimate(name, Distribution({"5": 12}), FIVE)
    assert (figure.value, figure.reason, figure.n) == (None, Reason.NOT_APPLICABLE, 12)


def test_csat_is_not_applicable_when_nothing_says_who_is_satisfied() -> None:
    assert estimate("csat", Distribution({"5": 12}), Scale(FIVE.values)).reason is Reason.NOT_APPLICABLE


def test_several_answers_a_person_have_shares_and_no_mean() -> None:
    chosen = Distribution({"1": 30, "2": 20}, answered=40)
    assert estimate("mean", chosen, FIVE).reason is Reason.NOT_APPLICABLE
    found = shares(chosen)
    assert [figure.value for figure in found.values()] == [75.0, 50.0]
    assert {figure.n for figure in found.values()} == {40}


def test_one_answer_has_a_mean_and_no_interval() -> None:
    figure = estimate("mean", Distribution({"3": 1}), FIVE)
    assert (figure.value, figure.low, figure.high, figure.n, figure.reason) == (3.0, None, None, 1, None)


def test_equal_answers_have_an_interval_of_width_zero_exactly() -> None:
    thirds = Scale({"a": 1 / 3, "b": 1.0})
    figure = estimate("mean", Distribution({"a": 7}), thirds)
    assert (figure.value, figure.low, figure.high) == (1 / 3, 1 / 3, 1 / 3)


def test_a_reversed_scale_turns_the_0_to_100_mean_round() -> None:
    counts = Distribution({"1": 3, "2": 1})
    straight = estimate("mean_100", counts, FIVE)
    turned = estimate("mean_100", counts, Scale(FIVE.values, reverse=True))
    assert (straight.value, turned.value) == (6.25, 93.75)
    assert (turned.low, turned.high) == pytest.approx((100 - straight.high, 100 - straight.low))  # type: ignore[operator]


def test_an_answer_off_the_scale_is_an_error_and_not_a_wrong_figure() -> None:
    with pytest.raises(ValueError, match="'6' is not on the scale"):
        estimate("csat", Distribution({"5": 2, "6": 1}), FIVE)
    with pytest.raises(ValueError, match="negative"):
        estimate("csat", Distribution({"5": -2}), FIVE)


def test_the_top_two_boxes_of_the_friends_and_family_test() -> None:
    counts = Distribution({"5": 600, "4": 48, "3": 60, "2": 60, "1": 91}, not_applicable=7)
    assert estimate("csat", counts, FIVE).value == pytest.approx(75.436554)


def test_the_response_rate_is_returned_over_sent() -> None:
    rate = response_rate(37, 100)
    assert (rate.value, rate.n, rate.unit) == (37.0, 100, Unit.PERCENT)
    assert response_rate(0, 0).reason is Reason.NO_ANSWERS
    with pytest.raises(ValueError, match="between 0 and n"):
        response_rate(5, 4)


def test_merging_keeps_persons_apart_from_values() -> None:
    merged = merge([Distribution({"a": 3}, answered=2), Distribution({"b": 4}, answered=4)])
    assert (merged.n, dict(merged.counts)) == (6, {"a": 3, "b": 4})
    with pytest.raises(ValueError, match="cannot be merged"):
        merge([Distribution({"a": 3}, answered=2), Distribution({"a": 3})])
    assert merge([]) == Distribution({})


@pytest.mark.parametrize(("name", "scale"), [("csat", FIVE), ("mean", SEVEN), ("nps", TEN)])
def test_the_interval_holds_the_truth_about_95_times_in_100(name: str, scale: Scale) -> None:
    random, keys = Random(20), list(scale.values)
    weights = [1 + index for index in range(len(keys))]
    truth = estimate(name, Distribution(dict(zip(keys, weights, strict=True))), scale).value
    assert truth is not None
    held = 0
    for _ in range(2000):
        drawn = random.choices(keys, weights, k=60)
        figure = estimate(name, Distribution({key: drawn.count(key) for key in keys}), scale)
        assert figure.low is not None and figure.high is not None
        held += figure.low <= truth <= figure.high
    assert 0.93 < held / 2000 < 0.98
