"""What each chart shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts import (
    choice_bars,
    diverging_bars,
    dots_with_whiskers,
    heatmap,
    nps_bars,
    sentiment_bars,
    trend,
)
from analysis.statistics import csat, hide, mean
from analysis.types import Distribution, Group
from tests.analysis.charts.pictures import TEXT, THREE_LEVELS, VALUES, as_nps, as_sentiment, rated
from tests.analysis.statistics.strategies import FIVE, TEN

A = rated("A", 3, 7, 22, 81, 87)
B = rated("B", 9, 17, 42, 81, 57)
EMPTY = rated("C", 0, 0, 0, 0, 0)


def test_dots_carry_the_value_and_whiskers_that_reach_the_interval() -> None:
    figure = dots_with_whiskers([A, B], overall=None, text=TEXT)
    marks = figure["data"][0]
    assert marks["x"] == [A.estimate.value, B.estimate.value]
    for group, value, below, above in zip(
        [A, B], marks["x"], marks["error_x"]["arrayminus"], marks["error_x"]["array"], strict=True
    ):
        assert (value - below, value + above) == pytest.approx((group.estimate.low, group.estimate.high))
    assert "200 answers" in marks["hovertext"][0]
    assert "shapes" not in figure["layout"]


def test_whiskers_of_a_mean_end_where_its_scale_does() -> None:
    small = Distribution({"5": 2, "4": 1})
    figure = dots_with_whiskers([Group("a", "A", mean(small, FIVE))], overall=None, text=TEXT)
    marks = figure["data"][0]
    assert marks["x"][0] + marks["error_x"]["array"][0] == pytest.approx(5)
    assert figure["layout"]["xaxis"]["range"][1] == 5


def test_groups_without_a_figure_say_so_in_their_row() -> None:
    figure = dots_with_whiskers([A, hide(B), EMPTY], overall=A.estimate, text=TEXT)
    words = figure["data"][1]
    assert list(zip(words["y"], words["text"], strict=True)) == [(1, "too few answers"), (2, "no answers")]
    assert figure["layout"]["annotations"][0]["text"] == "overall 84.0%"


def test_two_units_of_one_name_keep_their_own_rows() -> None:
    figure = dots_with_whiskers([A, replace(B, label="A")], overall=None, text=TEXT)
    assert figure["data"][0]["y"] == [0, 1]
    assert figure["layout"]["yaxis"]["ticktext"] == ["A", "A"]


def test_more_rows_make_a_taller_chart() -> None:
    few, many = (
        dots_with_whiskers([A] * rows, overall=None, text=TEXT)["layout"]["height"] for rows in (2, 20)
    )
    assert many > few + 18 * 24


def test_a_missing_period_is_a_gap_and_a_changed_question_a_break() -> None:
    figure = trend([[A, EMPTY, B], [A, hide(B)]], TEXT)
    bands = [trace for trace in figure["data"] if trace.get("fill")]
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]
    assert len(bands) == 3
    assert [line["y"] for line in lines] == [
        [A.estimate.value, None, B.estimate.value],
        [A.estimate.value, None],
    ]
    assert [line["x"] for line in lines] == [[0, 1, 2], [3, 4]]
    assert not any(line["connectgaps"] for line in lines)
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [2.5]
    assert figure["layout"]["annotations"][0]["text"] == "question changed"
    assert figure["data"][-1]["x"] == [1, 4]


def test_the_newest_period_is_always_named_and_a_phone_has_room_for_the_names() -> None:
    periods = [replace(A, label=f"P{number}") for number in range(18)]
    axis = trend([periods], TEXT)["layout"]["xaxis"]
    assert axis["ticktext"][-1] == "P17"
    assert len(axis["ticktext"]) <= 6


def test_the_middle_answers_lie_across_the_line() -> None:
    figure = diverging_bars([A], FIVE, VALUES, TEXT)
    starts = {trace["name"]: trace["base"][0] for trace in figure["data"] if trace["type"] == "bar"}
    widths = {trace["name"]: trace["x"][0] for trace in figure["data"] if trace["type"] == "bar"}
    assert widths == pytest.approx(
        {"very poor": 1.5, "poor": 3.5, "neither": 11, "good": 40.5, "very good": 43.5}
    )
    assert starts["neither"] == pytest.approx(-5.5)
    assert starts["very poor"] == pytest.approx(-10.5)
    assert starts["very good"] == pytest.approx(46)


def test_an_even_scale_meets_at_the_line() -> None:
    four = replace(FIVE, values={"1": 1, "2": 2, "4": 4, "5": 5})
    group = rated("A", 3, 7, 0, 81, 87)
    figure = diverging_bars([group], four, VALUES, TEXT)
    starts = {trace["name"]: trace["base"][0] for trace in figure["data"] if trace["type"] == "bar"}
    assert starts["good"] == pytest.approx(0)


def test_a_reversed_scale_has_its_worst_answers_on_the_left() -> None:
    figure = diverging_bars([A], replace(FIVE, reverse=True), VALUES, TEXT)
    assert [trace["name"] for trace in figure["data"][:5]] == [*reversed(VALUES.values())]


def test_three_levels_are_three_parts() -> None:
    group = Group(
        "a", "A", csat(Distribution({"3": 40}), THREE_LEVELS), Distribution({"1": 5, "2": 15, "3": 60})
    )
    figure = diverging_bars([group], THREE_LEVELS, {}, TEXT)
    assert [trace["name"] for trace in figure["data"][:3]] == ["1", "2", "3"]
    assert figure["data"][1]["base"][0] == pytest.approx(-100 * 7.5 / 80)


def test_the_nps_bar_has_detractors_passives_and_promoters() -> None:
    group = as_nps(rated("A", 10, 10, 10, 20, 50))  # answers 2, 4, 6, 8 and 10
    figure = nps_bars([group], TEN, TEXT)
    assert [trace["x"][0] for trace in figure["data"][:3]] == pytest.approx([30, 20, 50])
    assert figure["data"][0]["base"] == [0]


def test_the_tone_counts_comments_and_not_answers() -> None:
    figure = sentiment_bars([as_sentiment(A)], TEXT)
    assert [trace["x"][0] for trace in figure["data"][:3]] == pytest.approx(
        [1000 / 119, 2200 / 119, 8700 / 119]
    )
    assert figure["data"][2]["hovertext"] == ["A<br>positive: 73.1% (87)<br>119 comments"]


def test_choices_are_shares_of_persons() -> None:
    several = Group("q", "Q", A.estimate, Distribution({"a": 30, "b": 60}, answered=80))
    bars = choice_bars(several, {"a": "Waiting"}, TEXT)
    assert bars["data"][0]["x"] == [37.5, 75.0]
    assert bars["layout"]["yaxis"]["ticktext"] == ["Waiting", "b"]
    assert choice_bars(hide(several), {}, TEXT)["layout"]["annotations"][0]["text"] == "too few answers"


def test_the_heat_map_is_darker_where_the_figure_is_higher() -> None:
    keys = [("a", "A"), ("b", "B")]
    cells = {
        ("a", "a"): A.estimate,
        ("b", "b"): B.estimate,
        ("a", "b"): hide(B).estimate,
        ("b", "a"): EMPTY.estimate,
    }
    trace = heatmap(keys, keys, cells, TEXT)["data"][0]
    assert trace["text"] == ["84", "–", "67"]
    assert trace["marker"]["pattern"]["shape"] == ["", "/", ""]
    high, low = int(trace["marker"]["color"][0][1:3], 16), int(trace["marker"]["color"][2][1:3], 16)
    assert high < low
