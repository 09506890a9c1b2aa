"""Bars of stages: what is known as bars, what is not as words."""

from __future__ import annotations

from analysis.charts import Stage, stage_bars
from tests.analysis.charts.test_all_charts import check

STAGES = [
    Stage("Sent", "40", 40, 40),
    Stage("Opened <b>", "not known", None, None),
    Stage("Valid", "17 to 18", 17, 18),
]


def test_a_stage_that_is_not_known_has_words_and_no_bar() -> None:
    figure = stage_bars(STAGES, "services")
    check(figure)
    least, more, words = figure["data"]
    assert (least["x"], least["y"]) == ([40, 17], [0, 2])
    assert more["x"] == [0, 1]
    assert words["text"] == [" 40", " not known", " 17 to 18"]
    assert "<b>" not in str(figure["layout"]["yaxis"]["ticktext"]).replace("<br>", "")


def test_no_stages_give_an_empty_chart() -> None:
    check(stage_bars([], "services"))
