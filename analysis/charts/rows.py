"""What all charts of horizontal rows share: the axis of names, words in place of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover, wrap
from analysis.types import Group
from analysis.wording.chart_text import ChartText

NAME = 44  # columns of a name below a chart


def names_height(names: Sequence[str]) -> int:
    """Pixels for an axis with its title and the names below it."""
    return 64 + sum(3 + 17 * (1 + wrap(name, NAME).count("<br>")) for name in names)


def rows_axis(labels: Sequence[str]) -> dict[str, Any]:
    """The vertical axis of horizontal rows, the first on top. Positions are numbers: names may repeat."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [wrap(label) for label in labels],
        "range": [len(labels) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def rows_height(labels: Sequence[str], extra: int = 64) -> int:
    """Pixels for so many rows with their labels, and `extra` for axis and legend."""
    tallest = max((wrap(label).count("<br>") for label in labels), default=0)
    return extra + max(1, len(labels)) * (30 + 17 * tallest)


def absent(rows: Sequence[tuple[int, Group]], left: float, text: ChartText) -> dict[str, Any]:
    """The words for groups without a figure, in their rows at the left end of the axis."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [left for _ in rows],
        "y": [row for row, _ in rows],
        "text": [escape(text.absence(group.estimate)) for _, group in rows],
        "textposition": "middle right",
        "textfont": {"color": theme.QUIET, "size": 12},
        "hovertext": [hover([group.label, text.absence(group.estimate)]) for _, group in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "showlegend": False,
    }
