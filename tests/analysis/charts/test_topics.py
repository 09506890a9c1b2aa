"""The charts of topics: valid for any counts, true to them, safe with any name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts import change_dots, cost_bars, topic_bars
from analysis.statistics.topic_scores import topic_scores
from analysis.statistics.topic_shares import Mentioned, Mentions, topic_shares
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.test_all_charts import check, walk
from tests.analysis.statistics.strategies import FIVE

EVIL = '<a href="javascript:alert(1)">x</a> %{x}'
LABELS = {"waiting": "Waiting", "attitude": "Staff attitude", "own": EVIL}
COUNTS = st.tuples(*[st.integers(0, 20)] * 4).map(lambda row: Mentions(*row))
PERIOD = st.builds(
    Mentioned, st.integers(80, 300), st.fixed_dictionaries({}, optional=dict.fromkeys(LABELS, COUNTS))
)
TEXT = chart_text("en")


@given(PERIOD, PERIOD)
@settings(max_examples=30, deadline=None)
def test_the_charts_are_valid_for_any_counts(now: Mentioned, base: Mentioned) -> None:
    found = topic_shares(now, base)
    for figure in (topic_bars(found, LABELS, TEXT), change_dots(found, LABELS, TEXT)):
        check(figure)
        assert not any("<a" in leaf for leaf in walk(figure) if isinstance(leaf, str))


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_bars_begin_and_end_where_the_counts_say(locale: str) -> None:
    found = topic_shares(
        Mentioned(200, {"waiting": Mentions(30, 6, 10, 4), "attitude": Mentions(2, 0, 60, 0)})
    )
    negative, positive, beside = topic_bars(found, LABELS, chart_text(locale))["data"]
    assert (negative["base"], negative["x"]) == ([-15.0, -1.0], [15.0, 1.0])
    assert (positive["base"], positive["x"]) == ([0.0, 0.0], [5.0, 30.0])
    assert (beside["base"], beside["x"]) == ([5.0, 30.0], [5.0, 0.0])


def test_a_topic_without_a_period_before_has_no_dot() -> None:
    figure = change_dots(topic_shares(Mentioned(50, {"waiting": Mentions(3)})), LABELS, TEXT)
    check(figure)
    assert all(trace["x"] == [] for trace in figure["data"])


def test_costs_are_drawn_in_their_order_and_hidden_ones_left_out() -> None:
    row = lambda *counts: dict(zip(FIVE.values, counts, strict=True))  # noqa: E731
    mentioning = {"waiting": row(14, 4, 2, 6, 4), "attitude": row(0, 0, 0, 20, 20), "own": row(1, 0, 0, 0, 0)}
    scores = topic_scores(row(20, 10, 10, 60, 50), mentioning, "csat", FIVE, least=10)
    figure = cost_bars(scores, LABELS, TEXT)
    check(figure)
    (bars,) = figure["data"]
    assert [value < 0 for value in bars["x"]] == [True, False]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Waiting", "Staff attitude"]
