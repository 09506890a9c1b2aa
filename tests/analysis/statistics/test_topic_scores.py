"""What a topic costs the whole: the identity behind it, who is hidden, and what counts as likely real."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics import METRICS, estimate
from analysis.statistics.topic_scores import topic_scores
from analysis.types import Distribution, Reason, Verdict
from tests.analysis.statistics.strategies import FIVE

ROW = st.tuples(*[st.integers(0, 40)] * 5)


def counts(*row: int) -> dict[str, int]:
    return dict(zip(FIVE.values, row, strict=True))


def test_those_who_mention_waiting_cost_the_whole_four_points() -> None:
    """30 of 150 people: 10 satisfied among them, 100 among the 120 others: 73.3 % in all, 83.3 % without."""
    (one,) = topic_scores(
        counts(20, 10, 10, 60, 50), {"waiting": counts(14, 4, 2, 6, 4)}, "csat", FIVE, least=10
    )
    assert (one.mentioned.value, one.others.value) == (pytest.approx(100 / 3), pytest.approx(250 / 3))
    assert one.cost == pytest.approx(-10.0)
    assert one.interval is not None and one.interval[0] < -10 < one.interval[1] < 0
    assert one.difference.verdict is Verdict.LIKELY_REAL


@pytest.mark.parametrize("metric", ["csat", "mean", "mean_100"])
@given(ROW, ROW)
def test_the_cost_is_the_whole_less_the_others(
    metric: str, mentioned: tuple[int, ...], rest: tuple[int, ...]
) -> None:
    assume(sum(mentioned) >= 5 and sum(rest) >= 5)
    whole = counts(*(a + b for a, b in zip(mentioned, rest, strict=True)))
    (one,) = topic_scores(whole, {"t": counts(*mentioned)}, metric, FIVE, least=5)
    assert metric in METRICS
    every, others = (estimate(metric, Distribution(of), FIVE).value or 0.0 for of in (whole, counts(*rest)))
    assert one.cost is not None
    assert one.cost == pytest.approx(every - others, abs=1e-9)


def test_few_on_either_side_are_hidden() -> None:
    whole = counts(0, 0, 0, 60, 0)
    few, nearly_all = topic_scores(
        whole, {"few": counts(0, 0, 0, 9, 0), "most": counts(0, 0, 0, 51, 0)}, "csat", FIVE, least=10
    )
    for one in (few, nearly_all):
        assert one.mentioned.reason is Reason.SUPPRESSED and one.others.reason is Reason.SUPPRESSED
        assert (one.mentioned.n, one.others.n, one.cost, one.difference.difference) == (0, 0, None, None)


def test_the_most_costly_comes_first_and_hidden_ones_last() -> None:
    whole = counts(30, 20, 20, 70, 60)
    found = topic_scores(
        whole,
        {"good": counts(0, 0, 0, 10, 30), "few": counts(1, 0, 0, 0, 0), "bad": counts(25, 5, 0, 0, 0)},
        "csat",
        FIVE,
        least=10,
    )
    assert [one.topic for one in found] == ["bad", "good", "few"]


def test_more_mentions_than_answers_are_an_error() -> None:
    with pytest.raises(ValueError, match="more people"):
        topic_scores(counts(1, 0, 0, 0, 0), {"t": counts(2, 0, 0, 0, 0)}, "csat", FIVE, least=1)
