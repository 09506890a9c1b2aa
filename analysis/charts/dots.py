"""Dots with whiskers: one row a unit or a service type, its figure and where the truth probably lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import absent, rows_axis, rows_height
from analysis.charts.whiskers import whiskers
from analysis.types import Estimate, Group
from analysis.wording.chart_text import ChartText


def dots_with_whiskers(groups: Sequence[Group], *, overall: Estimate | None, text: ChartText) -> theme.Figure:
    """The groups from top to bottom as given, all of one metric, against the overall figure where there is one.

    Groups without a figure show the words for it. No groups give an empty chart.
    """
    known = [group.estimate for group in groups]
    first = overall or (known[0] if known else None)
    ends = theme.range_of([*known, *([overall] if overall else [])])
    labels = [group.label for group in groups]
    shown = [(row, group) for row, group in enumerate(groups) if group.estimate.value is not None]
    others = [(row, group) for row, group in enumerate(groups) if group.estimate.value is None]
    axis = theme.value_axis(first.unit, ends, text.metric(first.metric)) if first else {}
    return {
        "data": [_dots(shown, text), absent(others, ends[0], text)],
        "layout": theme.layout(
            rows_height(labels, 92 if overall else 64),
            xaxis=axis,
            yaxis=rows_axis(labels),
            **_overall(overall, text),
        ),
    }


def _dots(rows: Sequence[tuple[int, Group]], text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [group.estimate.value for _, group in rows],
        "y": [row for row, _ in rows],
        "error_x": whiskers([group.estimate for _, group in rows], theme.MAIN),
        "marker": {"color": theme.MAIN, "size": 11},
        "customdata": [group.key for _, group in rows],
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
