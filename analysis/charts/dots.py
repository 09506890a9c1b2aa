"""Dots with whiskers: one row a unit or a service type, its figure and where the truth probably lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.types import Estimate, Group
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import within


def dots_with_whiskers(groups: Sequence[Group], *, overall: Estimate | None, text: ChartText) -> theme.Figure:
    """The groups from top to bottom as given, all of one metric, against the overall figure where there is one.

    Groups without a figure show the words for it. No groups give an empty chart.
    """
    known = [group.estimate for group in groups]
    first = overall or (known[0] if known else None)
    ends = theme.range_of([*known, *([overall] if overall else [])])
    labels = [group.label for group in groups]
    axis = theme.value_axis(first.unit, ends, text.metric(first.metric)) if first else {}
    return {
        "data": [_dots(groups, text), _absent(groups, ends[0], text)],
        "layout": theme.layout(
            theme.rows_height(labels, 92 if overall else 64),
            xaxis=axis,
            yaxis=theme.rows_axis(labels),
            **_overall(overall, text),
        ),
    }


def _dots(groups: Sequence[Group], text: ChartText) -> dict[str, Any]:
    rows = [(row, group) for row, group in enumerate(groups) if group.estimate.value is not None]
    whiskers = [whisker(group.estimate) for _, group in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [group.estimate.value for _, group in rows],
        "y": [row for row, _ in rows],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "arrayminus": [below for below, _ in whiskers],
            "array": [above for _, above in whiskers],
            "thickness": 2,
            "width": 5,
            "color": theme.MAIN,
        },
        "marker": {"color": theme.MAIN, "size": 11},
        "customdata": [group.key for _, group in rows],
        "hovertext": [hover(text.hover(group)) for _, group in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def whisker(estimate: Estimate) -> tuple[float, float]:
    """How far the interval reaches below and above the value, cut at the ends of the scale."""
    value = estimate.value
    if value is None or estimate.low is None or estimate.high is None:
        return 0.0, 0.0
    return max(0.0, value - within(estimate.low, estimate)), max(0.0, within(estimate.high, estimate) - value)


def _absent(groups: Sequence[Group], left: float, text: ChartText) -> dict[str, Any]:
    rows = [(row, group) for row, group in enumerate(groups) if group.estimate.value is None]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [left for _ in rows],
        "y": [row for row, _ in rows],
        "text": [escape(text.absence(group.estimate)) for _, group in rows],
        "textposition": "middle right",
        "textfont": {"color": theme.QUIET, "size": 12},
        "hovertext": [hover(text.hover(group)) for _, group in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _overall(overall: Estimate | None, text: ChartText) -> dict[str, Any]:
    """The overall figure as a dashed line with its name on top."""
    if overall is None or overall.value is None:
        return {}
    line = {"color": theme.QUIET, "width": 1.5, "dash": "dash"}
    ends = {"x0": overall.value, "x1": overall.value, "y0": 0, "y1": 1, "yref": "paper"}
    name = {
        "x": overall.value,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": escape(f"{text.overall} {text.figure(overall)}"),
        "font": {"size": 12, "color": theme.QUIET},
    }
    return {
        "shapes": [{"type": "line", "layer": "below", "line": line, **ends}],
        "annotations": [name],
        "margin": {"l": 8, "r": 24, "t": 32, "b": 8, "pad": 4},
    }
