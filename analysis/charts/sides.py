"""Two sides beside each other: a row a kind, a dot with whiskers a side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import whiskers
from analysis.types import Group
from analysis.wording.chart_text import ChartText

_APART = 0.16  # rows; so that whiskers do not cover each other


def two_sides(
    first: Sequence[Group], second: Sequence[Group], names: tuple[str, str], text: ChartText, *, title: str
) -> theme.Figure:
    """The same rows of both sides in one order, in one unit; what is hidden is not drawn."""
    estimates = [row.estimate for row in (*first, *second)]
    labels = [row.label for row in first]
    ends = theme.range_of(estimates)
    unit = estimates[0].unit if estimates else None
    return {
        "data": [
            _dots(first, -_APART, names[0], theme.MAIN, "circle", text),
            _dots(second, _APART, names[1], theme.LOW, "diamond", text),
        ],
        "layout": theme.layout(
            rows_height(labels, 130),
            showlegend=True,
            legend=theme.legend(),
            xaxis=theme.value_axis(unit, ends, title) if unit else {},
            yaxis=rows_axis(labels),
        ),
    }


def _dots(
    rows: Sequence[Group], shift: float, name: str, colour: str, symbol: str, text: ChartText
) -> dict[str, Any]:
    shown = [(place, row) for place, row in enumerate(rows) if row.estimate.value is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(name),
        "x": [row.estimate.value for _place, row in shown],
        "y": [place + shift for place, _row in shown],
        "error_x": whiskers([row.estimate for _place, row in shown], colour),
        "marker": {"color": colour, "size": 10, "symbol": symbol},
        "hovertext": [hover([name, *text.hover(row)]) for _place, row in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
