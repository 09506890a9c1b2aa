"""The control chart shows limits, marks and gaps, and nothing of hidden periods."""

from __future__ import annotations

import json

import pytest

from analysis.charts import control_chart, moving_chart
from analysis.statistics import hide
from analysis.statistics.control_charts import mean_charts, share_charts, usual_baseline
from analysis.types import Group
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.pictures import rated
from tests.analysis.charts.test_all_charts import check

TEXT = chart_text("en")


def weeks(satisfied: list[int], n: int = 40, hidden: tuple[int, ...] = ()) -> list[Group]:
    made = [rated(f"Week {at}", 0, n - good, 0, 0, good) for at, good in enumerate(satisfied)]
    return [hide(one) if at in hidden else one for at, one in enumerate(made)]


def charted(periods: list[Group]):  # type: ignore[no-untyped-def]
    n = [one.estimate.n for one in periods]
    x = [round((one.estimate.value or 0) * one.estimate.n / 100) for one in periods]
    return share_charts(x, n, usual_baseline([one.estimate.value for one in periods]))[0]


SHIFTED = [28, 30, 27, 29, 31, 26, 28, 30, 29, 27, 28, 31, 29, 28, 38, 39, 38, 37, 39, 38, 39, 38]


@pytest.mark.parametrize("locale", list(LANGUAGES))
@pytest.mark.parametrize("draw", [control_chart, moving_chart])
def test_the_charts_are_valid_in_every_language(draw, locale: str) -> None:  # type: ignore[no-untyped-def]
    periods = weeks(SHIFTED, hidden=(3, 16))
    check(draw([(periods, charted(periods))], chart_text(locale)))
    check(draw([], chart_text(locale)))
    check(draw([(periods[:4], charted(periods[:4]))], chart_text(locale)))


def test_points_of_a_likely_change_are_marked_and_explained() -> None:
    periods = weeks(SHIFTED)
    figure = control_chart([(periods, charted(periods))], TEXT)
    marked = next(t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond")
    assert marked["x"] == list(range(14, 22))
    assert all("limit" in text or "pattern" in text for text in marked["hovertext"])


def test_limits_centre_and_baseline_are_drawn_in_the_unit_of_the_figures() -> None:
    periods = weeks(SHIFTED)
    chart = charted(periods)
    figure = control_chart([(periods, chart)], TEXT)
    lower, upper = figure["data"][:2]
    assert lower["y"][1] == pytest.approx(100 * chart.lower[0]) and upper["fill"] == "tonexty"
    band = next(shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect")
    assert (band["x0"], band["x1"]) == (-0.5, 11.5)


def test_a_hidden_period_is_a_gap_without_a_number() -> None:
    first, second = weeks(SHIFTED, hidden=(5,)), weeks([*SHIFTED[:5], 3, *SHIFTED[6:]], hidden=(5,))
    drawn = [json.dumps(control_chart([(one, charted(one))], TEXT)) for one in (first, second)]
    assert drawn[0] == drawn[1]


def test_two_wordings_have_limits_of_their_own() -> None:
    before, after = weeks(SHIFTED[:13]), weeks([20, 22, 19] * 5)
    figure = control_chart([(before, charted(before)), (after, charted(after))], TEXT)
    centres = [t["y"][0] for t in figure["data"] if t.get("line", {}).get("width") == 1.6]
    assert len(set(centres)) == 2
    assert any(shape["type"] == "line" and shape["x0"] == 12.5 for shape in figure["layout"]["shapes"])


def test_a_series_of_means_is_drawn_in_its_own_unit() -> None:
    periods = weeks(SHIFTED)
    (chart,) = mean_charts([one.estimate.value for one in periods], (0, 11))
    check(moving_chart([(periods, chart)], TEXT))
