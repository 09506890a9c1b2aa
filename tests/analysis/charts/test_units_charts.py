"""Funnel and caterpillar: flagged units differ in shape, arrows run from the own figure to the estimate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts import Spot, beside_benchmarks, caterpillar, funnel_chart
from analysis.statistics import hide
from analysis.statistics.flags import corrected_flags
from analysis.statistics.funnel import funnel
from analysis.statistics.mean_funnel import mean_funnel
from analysis.types import Group, Moved
from analysis.wording import LANGUAGES, chart_text
from tests.analysis.charts.pictures import rated
from tests.analysis.charts.test_all_charts import check

TEXT = chart_text("en")
GOOD = [80, 78, 82, 81, 79, 83, 77, 80, 30, 9]
SIZES = [100] * 9 + [10]


def units() -> list[Group]:
    made = zip(GOOD, SIZES, strict=True)
    return [rated(f"Ward <{at}>", 0, n - good, 0, 0, good) for at, (good, n) in enumerate(made)]


def spots() -> list[Spot]:
    sides = corrected_flags(funnel(GOOD, SIZES)).sides
    return [Spot(one, side or 0) for one, side in zip(units(), sides, strict=True)]


@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_the_charts_are_valid_in_every_language(locale: str) -> None:
    check(funnel_chart(spots(), funnel(GOOD, SIZES), chart_text(locale)))
    rows = [Moved(one, 50.0) for one in units()]
    check(caterpillar(rows, "x", chart_text(locale)))
    check(caterpillar([], "x", chart_text(locale)))


def test_a_funnel_that_cannot_be_is_drawn_without_limits() -> None:
    check(funnel_chart([], funnel([], []), TEXT))
    check(funnel_chart(spots()[:1], mean_funnel([[1, 3]], [1, 2]), TEXT))


def test_a_flagged_unit_differs_in_shape_and_is_named() -> None:
    figure = funnel_chart(spots(), funnel(GOOD, SIZES), TEXT)
    below = next(t for t in figure["data"] if t.get("marker", {}).get("symbol") == "triangle-down")
    assert below["y"] == [30.0]
    names = next(t for t in figure["data"] if t.get("mode") == "text")
    assert names["text"] == ["Ward &lt;8&gt;"]


def test_the_limits_narrow_as_more_answer() -> None:
    figure = funnel_chart(spots()[:8] + spots()[9:], funnel(GOOD[:8] + GOOD[9:], SIZES[1:]), TEXT)
    low, high = (t["y"] for t in figure["data"][:2])
    widths = [top - bottom for bottom, top in zip(low, high, strict=True)]
    assert widths == sorted(widths, reverse=True) and widths[0] > 2 * widths[-1]


def test_hidden_units_are_nowhere_in_the_funnel() -> None:
    shown = spots()
    figure = funnel_chart([*shown[:-1], Spot(hide(shown[-1].group), 0)], funnel(GOOD[:-1], SIZES[:-1]), TEXT)
    assert "Ward &lt;9&gt;" not in str(figure)


def test_arrows_run_from_the_own_figure_to_the_estimate() -> None:
    one = units()[9]
    moved = Moved(replace(one, estimate=replace(one.estimate, value=84.0, low=70.0, high=95.0)), 90.0)
    arrows, raw, estimates = caterpillar([moved], "best estimate", TEXT)["data"]
    assert arrows["x"] == [90.0, 84.0, None]
    assert (raw["x"], estimates["x"]) == ([90.0], [84.0])
    assert "own figure: 90.0%" in estimates["hovertext"][0]


def test_a_marked_unit_has_a_ring_and_its_name() -> None:
    marked = [replace(spot, marked=at == 3) for at, spot in enumerate(spots())]
    figure = funnel_chart(marked, funnel(GOOD, SIZES), TEXT)
    check(figure)
    ring = next(t for t in figure["data"] if t.get("marker", {}).get("symbol") == "circle-open")
    assert (ring["x"], ring["y"]) == ([100], [81.0])
    names = next(t for t in figure["data"] if t.get("mode") == "text")
    assert names["text"] == ["Ward &lt;8&gt;"]
    (note,) = figure["layout"]["annotations"]
    assert (note["x"], note["y"], note["text"]) == (100, 81.0, "Ward &lt;3&gt;")


def test_the_name_of_a_marked_unit_stands_at_its_point_where_the_axis_is_logarithmic() -> None:
    sizes = [10, 1000]
    made = [rated(f"Ward {n}", 0, n // 2, 0, 0, n // 2) for n in sizes]
    marked = [Spot(made[0], 0), Spot(made[1], 0, marked=True)]
    figure = funnel_chart(marked, funnel([5, 500], sizes), TEXT)
    assert figure["layout"]["xaxis"]["type"] == "log"
    assert figure["layout"]["xaxis"]["ticktext"] == ["10", "20", "50", "100", "200", "500", "1,000"]
    assert [note["x"] for note in figure["layout"]["annotations"]] == [3.0]


def test_benchmarks_are_drawn_as_lines_up_to_our_dot_with_its_whiskers() -> None:
    ours, first, second = units()[:3]
    alone = replace(second, estimate=replace(second.estimate, low=None, high=None))
    figure = beside_benchmarks(ours, [first, alone], TEXT)
    check(figure)
    lines, theirs, own, _words = figure["data"]
    assert lines["x"] == [78.0, 78.0, None, 82.0, 82.0, None]
    assert own["x"] == [80.0] and len(own["error_x"]["array"]) == 1
    assert theirs["x"] == [78.0, 82.0] and theirs["error_x"]["array"][1] == 0


def test_benchmarks_beside_a_hidden_figure_leave_its_row_to_words() -> None:
    figure = beside_benchmarks(hide(units()[0]), units()[1:2], TEXT)
    check(figure)
    lines, theirs, own, words = figure["data"]
    assert own["x"] == [] and theirs["y"] == [1] and words["y"] == [0]
