"""Units in the order of their best estimates, each with an arrow from its own figure and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import whiskers
from analysis.types import Moved
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import in_unit


def caterpillar(rows: Sequence[Moved], name: str, text: ChartText) -> theme.Figure:
    """The rows from top to bottom as given; `name` is what the estimates are called in the legend."""
    estimates = [row.group.estimate for row in rows]
    raw = [row.raw for row in rows]
    labels = [row.group.label for row in rows]
    low, high = theme.range_of(estimates)
    ends = (min([low, *raw]), max([high, *raw]))
    margin = (ends[1] - ends[0]) * 0.03
    axis = (
        theme.value_axis(
            estimates[0].unit, (ends[0] - margin, ends[1] + margin), text.metric(estimates[0].metric)
        )
        if rows
        else {}
    )
    return {
        "data": [_arrows(rows), _raw(rows, text), _estimates(rows, name, text)],
        "layout": theme.layout(
            rows_height(labels, 100),
            showlegend=True,
            legend=theme.legend(),
            margin={"l": 8, "r": 24, "t": 36, "b": 8, "pad": 4},
            xaxis=axis,
            yaxis=rows_axis(labels),
        ),
    }


def _arrows(rows: Sequence[Moved]) -> dict[str, Any]:
    """From each own figure to the estimate; the head is the last point of each line."""
    moves = [(row.raw, row.group.estimate.value, at) for at, row in enumerate(rows)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for raw, value, _ in moves for x in (raw, value, None)],
        "y": [y for _, _, at in moves for y in (at, at, None)],
        "line": {"color": theme.QUIET, "width": 1.2},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [size for _ in moves for size in (0, 9, 0)],
            "standoff": [gap for _ in moves for gap in (0, 6, 0)],
            "color": theme.QUIET,
        },
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _raw(rows: Sequence[Moved], text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.raw for row in rows],
        "y": list(range(len(rows))),
        "marker": {"symbol": "circle-open", "size": 9, "color": theme.QUIET, "line": {"width": 1.5}},
        "name": phrase(text.locale, "fairly_raw"),
        "hovertext": [hover(_lines(row, text)) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _estimates(rows: Sequence[Moved], name: str, text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.group.estimate.value for row in rows],
        "y": list(range(len(rows))),
        "error_x": whiskers([row.group.estimate for row in rows], theme.MAIN),
        "marker": {"color": theme.MAIN, "size": 10},
        "name": name,
        "customdata": [row.group.key for row in rows],
        "hovertext": [hover(_lines(row, text)) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _lines(row: Moved, text: ChartText) -> list[str]:
    own = phrase(text.locale, "fairly_from_raw", raw=in_unit(row.raw, row.group.estimate.unit))
    label, *others = text.hover(row.group)
    return [label, own, *others]
