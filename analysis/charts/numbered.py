"""Points of a map that are named by numbers: a dot where it lies, its number on it or beside it, a line between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover, wrap
from analysis.charts.placing import Spot
from analysis.charts.rows import NAME


def dot_at(spot: Spot, colour: str, whiskers: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """The place itself, with its whiskers across and upwards."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot[0]],
        "y": [spot[1]],
        "error_x": whiskers[0],
        "error_y": whiskers[1],
        "marker": {"color": colour, "size": 7, "symbol": "circle"},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def leaders(own: Sequence[Spot], beside: Sequence[Spot]) -> dict[str, Any]:
    """A line from each dot to its number."""
    pairs = list(zip(own, beside, strict=True))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for one, other in pairs for x in (one[0], other[0], None)],
        "y": [y for one, other in pairs for y in (one[1], other[1], None)],
        "line": {"color": theme.QUIET, "width": 1},
        "connectgaps": False,
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def number_at(spot: Spot, name: str, label: str, told: Sequence[str], colour: str) -> dict[str, Any]:
    """The number; its name stands below the chart, `told` in the hover text."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": f"{name} {wrap(label, NAME)}",
        "x": [spot[0]],
        "y": [spot[1]],
        "text": [name],
        "textfont": {"color": theme.text_on(colour), "size": 12},
        "marker": {"color": colour, "size": 18, "symbol": "circle"},
        "hovertext": [hover([f"{name} {label}", *told])],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
