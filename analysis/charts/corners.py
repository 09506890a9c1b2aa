"""The names of the four fields of a map, in its corners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape

Corner = tuple[float, float, str]  # x, y, and where the text stands beside that point


def corners(places: Mapping[str, Corner]) -> dict[str, Any]:
    """`places` by the text that is to stand there."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in places.values()],
        "y": [y for _, y, _ in places.values()],
        "text": [escape(text) for text in places],
        "textposition": [where for _, _, where in places.values()],
        "textfont": {"color": theme.QUIET, "size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }
