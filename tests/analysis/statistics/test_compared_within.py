from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import METRICS
from analysis.statistics.change import difference
from analysis.statistics.compared_within import difference_at_one_mix
from analysis.types import Distribution, Reason, Verdict
from tests.analysis.statistics.strategies import FIVE, METRIC_SCALES, distributions, finite


def _answers(yes: int, no: int) -> Distribution:
    return Distribution({"1": no, "2": 0, "3": 0, "4": 0, "5": yes})


def test_a_difference_that_is_all_mix_vanishes() -> None:
    """Both kinds of people answer alike on both sides; there are only more of one kind on the first."""
    first = {"stay": _answers(180, 20), "visit": _answers(50, 50)}
    second = {"stay": _answers(90, 10), "visit": _answers(100, 100)}
    crude = difference(_answers(230, 70), _answers(190, 110), "csat", FIVE)
    found = difference_at_one_mix(first, second, "csat", FIVE)
    assert crude.verdict is Verdict.LIKELY_REAL
    assert found.comparison.difference == pytest.approx(0.0, abs=1e-9)
    assert found.comparison.verdict is not Verdict.LIKELY_REAL
    assert found.odds is not None and found.odds.odds_ratio == pytest.approx(1.0)


def test_one_stratum_is_the_plain_difference() -> None:
    found = difference_at_one_mix({"all": _answers(40, 10)}, {"all": _answers(25, 25)}, "csat", FIVE)
    plain = difference(_answers(40, 10), _answers(25, 25), "csat", FIVE)
    assert found.comparison.difference == pytest.approx(plain.difference)
    assert (found.comparison.low, found.comparison.high) == pytest.approx((plain.low, plain.high))


@pytest.mark.parametrize("metric", list(METRIC_SCALES))
@given(data=st.data())
def test_wild_counts_give_numbers_or_reasons(metric: str, data: st.DataObject) -> None:
    scale = METRIC_SCALES[metric]
    sides = st.dictionaries(st.sampled_from("abc"), distributions(scale, 4), max_size=3)
    found = difference_at_one_mix(data.draw(sides), data.draw(sides), metric, scale)
    assert finite(found)
    assert (found.comparison.low is None) == (found.comparison.reason is not None)


def test_a_side_without_answers_and_a_metric_of_another_scale_have_a_reason() -> None:
    some, none = {"all": _answers(3, 1)}, {"all": Distribution({})}
    assert difference_at_one_mix(none, some, "csat", FIVE).comparison.reason is Reason.NO_ANSWERS
    assert difference_at_one_mix(some, none, "csat", FIVE).comparison.reason is Reason.NO_BASELINE
    assert difference_at_one_mix(some, some, "nps", FIVE).comparison.reason is Reason.NOT_APPLICABLE
    assert set(METRICS) == set(METRIC_SCALES)
