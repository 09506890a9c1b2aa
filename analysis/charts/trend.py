"""A line over periods with a band for where the truth probably lies; broken where the question changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import ceil
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover, wrap
from analysis.types import Group
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import within

HEIGHT = 300
_TICKS = 6  # as many labels as fit on a phone
_LONG = 9  # characters of a label from which fewer fit
_FEWER = 4

Point = tuple[int, Group]


def trend(segments: Sequence[Sequence[Group]], text: ChartText) -> theme.Figure:
    """One segment for each wording of the question, each a run of periods in their order, all of one metric.

    Periods without a figure leave a gap; those that are hidden are marked on the axis, without any number.
    """
    numbered = iter(enumerate(period for segment in segments for period in segment))
    lines = [[next(numbered) for _ in segment] for segment in segments if segment]
    points = [point for line in lines for point in line]
    estimates = [period.estimate for _, period in points]
    ends = theme.range_of(estimates)
    axis = theme.value_axis(estimates[0].unit, ends, text.metric(estimates[0].metric)) if points else {}
    return {
        "data": [
            *(_band(run) for line in lines for run in _runs(line)),
            *(_line(line, text) for line in lines),
            _absent(points, ends[0], text),
        ],
        "layout": theme.layout(
            HEIGHT,
            margin={"l": 8, "r": 24, "t": 28 if len(lines) > 1 else 12, "b": 8, "pad": 4},
            xaxis=periods_axis([period.label for _, period in points]),
            yaxis=axis,
            shapes=[break_line(line[0][0]) for line in lines[1:]],
            annotations=[break_name(line[0][0], text) for line in lines[1:]],
        ),
    }


def _runs(line: Sequence[Point]) -> list[list[Point]]:
    """The stretches of neighbouring periods that have an interval."""
    parts = groupby(line, key=lambda point: point[1].estimate.low is not None)
    return [list(run) for known, run in parts if known]


def _band(run: Sequence[Point]) -> dict[str, Any]:
    """Round a single period, a short one, so that it is seen."""
    places = [(float(index), period) for index, period in run]
    if len(places) == 1:
        (place, period) = places[0]
        places = [(place - 0.2, period), (place + 0.2, period)]
    lows = [within(period.estimate.low or 0.0, period.estimate) for _, period in places]
    highs = [within(period.estimate.high or 0.0, period.estimate) for _, period in places]
    xs = [place for place, _ in places]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*xs, *reversed(xs)],
        "y": [*highs, *reversed(lows)],
        "fill": "toself",
        "fillcolor": theme.MAIN_SOFT,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _line(line: Sequence[Point], text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [index for index, _ in line],
        "y": [period.estimate.value for _, period in line],
        "connectgaps": False,
        "line": {"color": theme.MAIN, "width": 2},
        "marker": {"color": theme.MAIN, "size": 7},
        "customdata": [period.key for _, period in line],
        "hovertext": [hover(text.hover(period)) for _, period in line],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _absent(points: Sequence[Point], bottom: float, text: ChartText) -> dict[str, Any]:
    missing = [(index, period) for index, period in points if period.estimate.value is None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [index for index, _ in missing],
        "y": [bottom for _ in missing],
        "marker": {"symbol": "line-ew-open", "size": 9, "color": theme.QUIET},
        "hovertext": [hover(text.hover(period)) for _, period in missing],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def periods_axis(labels: Sequence[str]) -> dict[str, Any]:
    """Labels counted back from the newest period, as many as a narrow screen has room for."""
    most = _FEWER if max(map(len, labels), default=0) > _LONG else _TICKS
    step = max(1, ceil(len(labels) / most))
    shown = sorted(range(len(labels) - 1, -1, -step))
    return {
        "tickvals": shown,
        "ticktext": [
            wrap(labels[index].replace("年", "年 "), 10) for index in shown
        ],  # a Chinese year by itself
        "range": [-0.5, max(1, len(labels)) - 0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def break_line(index: int) -> dict[str, Any]:
    line = {"color": theme.QUIET, "width": 1.5, "dash": "dot"}
    return {
        "type": "line",
        "x0": index - 0.5,
        "x1": index - 0.5,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": line,
    }


def break_name(index: int, text: ChartText) -> dict[str, Any]:
    return {
        "x": index - 0.5,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": escape(text.broken),
        "font": {"size": 12, "color": theme.QUIET},
    }
