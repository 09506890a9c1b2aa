"""Causes by how often they are found, the most frequent on top, and how much of all they make up together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover
from analysis.charts.rows import rows_axis, rows_height


def pareto_bars(
    labels: Sequence[str], counts: Sequence[int], told: Sequence[str], axis: str, together: str
) -> theme.Figure:
    """Bars in the given order, which is from the largest to the smallest, and the line of their running sum in percent.

    `told` is the hover text of each row; `axis` and `together` name the axes. No rows give an empty chart.
    """
    rows = list(range(len(labels)))
    hovers = [hover([label, words]) for label, words in zip(labels, told, strict=True)]
    bars = {
        "type": "bar", "orientation": "h", "x": list(counts), "y": rows, "width": 0.6,
        "marker": {"color": theme.MAIN}, "hovertext": hovers, "hoverinfo": "text",
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines+markers", "x": running_shares(counts), "y": rows, "xaxis": "x2",
        "line": {"color": theme.LOW, "width": 2}, "marker": {"color": theme.LOW, "size": 7},
        "hovertext": hovers, "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip
    top = _axis([0, 103], together) | {"overlaying": "x", "side": "top", "ticksuffix": "%", "showgrid": False}
    return {
        "data": [bars, line],
        "layout": theme.layout(
            rows_height(labels, 120),
            xaxis=_axis([0, max(counts, default=1) * 1.05], axis) | {"gridcolor": theme.GRID},
            xaxis2=top,
            yaxis=rows_axis(labels),
            margin={"l": 8, "r": 24, "t": 48, "b": 8, "pad": 4},
        ),
    }


def running_shares(counts: Sequence[int]) -> list[float]:
    """The share in percent that each count and all before it make up together; 0 for counts that are all 0."""
    whole = sum(counts)
    return [100 * part / whole if whole else 0.0 for part in accumulate(counts)]


def _axis(ends: list[float], title: str) -> dict[str, Any]:
    return {
        "range": ends,
        "title": theme.axis_title(title),
        "nticks": 5,
        "automargin": True,
        "fixedrange": True,
        "zeroline": False,
    }
