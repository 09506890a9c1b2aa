"""The picture of an action, and targets drawn into others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.charts import dots_with_whiskers
from analysis.charts.effect import effect
from analysis.charts.target_lines import over_periods, over_rows
from analysis.statistics import hide
from analysis.statistics.series_effect import series_effect
from analysis.types import Group
from analysis.wording import LANGUAGES, chart_text
from analysis.wording.actions import effect_text
from tests.analysis.charts.pictures import rated
from tests.analysis.charts.test_all_charts import check, walk


def periods(good: int, many: int = 20) -> list[Group]:
    return [replace(rated(f"Week {at}", 0, 10 + at % 3, 0, good + at, 0), key=str(at)) for at in range(many)]


def drawn(
    own: list[Group], beside: list[Group] | None, locale: str = "en", start: int = 10
) -> dict[str, Any]:
    values = [group.estimate.value for group in own]
    others = [group.estimate.value for group in beside] if beside else None
    fit = series_effect(values, start, others)
    return effect(own, start, fit, beside, chart_text(locale), effect_text(locale))


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one.get("name") == name)


@pytest.mark.parametrize("locale", list(LANGUAGES))
@pytest.mark.parametrize("compared", [False, True])
def test_the_picture_is_valid_in_every_language(locale: str, compared: bool) -> None:
    check(drawn(periods(30), periods(50) if compared else None, locale))


def test_without_any_period_or_fit_it_is_valid_too() -> None:
    check(effect([], 0, None, None, chart_text("en"), effect_text("en")))
    check(effect(periods(30, 3), 1, None, None, chart_text("en"), effect_text("en")))


def test_hidden_periods_leave_gaps_without_any_number() -> None:
    own = periods(30)
    own[4], secret = hide(own[4]), own[4].estimate.value
    figure = drawn(own, None)
    assert 4 not in trace(figure, "Answers")["x"]
    assert secret not in trace(figure, "Answers")["y"]


def test_the_line_without_the_change_goes_on_from_before_with_its_interval_since() -> None:
    figure = drawn(periods(30), None)
    without, since = trace(figure, "Without the change"), trace(figure, "Since the start")
    assert without["x"] == list(range(20)) and without["line"]["dash"] == "dash"
    assert since["x"] == list(range(10, 20))
    assert set(figure["data"][0]["x"]) == set(range(10, 20))
    assert "shapes" not in figure["layout"]


def test_labels_that_people_wrote_are_no_tags() -> None:
    own = [replace(group, label="<b onclick=x>") for group in periods(30)]
    assert not any("<b " in part for part in walk(drawn(own, None)) if isinstance(part, str))


def test_rows_of_the_same_target_share_a_line_and_the_axis_holds_it() -> None:
    groups = periods(30, 4)
    plain = dots_with_whiskers(groups, overall=groups[0].estimate, text=chart_text("en"))
    figure = over_rows(plain, [90.0, 90.0, None, 60.0], "Target <90>")
    check(figure)
    line = figure["data"][-1]
    assert [x for x in line["x"] if x is not None] == [90.0] * 4 + [60.0] * 2
    assert line["name"] == "Target &lt;90&gt;"
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 60 and high > 90
    assert [one["showlegend"] for one in figure["data"]] == [False, False, True]


def test_without_a_target_the_chart_is_as_it_was() -> None:
    plain = dots_with_whiskers(periods(30, 4), overall=None, text=chart_text("en"))
    assert over_rows(plain, [None] * 4, "x") is plain
    assert over_periods(plain, [], "x") is plain
