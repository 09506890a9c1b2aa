"""Dumbbells: what was expected and what was experienced, one line for each dimension or question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around
from analysis.statistics.gap import Gap
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import number


def dumbbell(gaps: Sequence[tuple[str, Gap]], text: ChartText) -> theme.Figure:
    """From top to bottom as given; the whisker at what was experienced is the interval of the gap."""
    shown = [(row, label, one) for row, (label, one) in enumerate(gaps) if one.gap is not None]
    labels = [label for label, _ in gaps]
    return {
        "data": [*(_between(row, one) for row, _, one in shown), _expected(shown, text), _got(shown, text)],
        "layout": theme.layout(
            rows_height(labels, 100),
            showlegend=True,
            legend=theme.legend(),
            margin={"l": 8, "r": 24, "t": 36, "b": 8, "pad": 4},
            xaxis={
                "nticks": 6,
                "automargin": True,
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zeroline": False,
            },
            yaxis=rows_axis(labels),
        ),
    }


Rows = Sequence[tuple[int, str, Gap]]


def _between(row: int, one: Gap) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [one.expected, one.perceived],
        "y": [row, row],
        "line": {"color": theme.MIDDLE, "width": 5},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _expected(rows: Rows, text: ChartText) -> dict[str, Any]:
    return _dots(rows, text, "matters_expected") | {
        "x": [one.expected for _, _, one in rows],
        "marker": {
            "color": "#FFFFFF",
            "size": 12,
            "symbol": "circle",
            "line": {"color": theme.INK, "width": 2},
        },
    }


def _got(rows: Rows, text: ChartText) -> dict[str, Any]:
    return _dots(rows, text, "matters_got") | {
        "x": [one.perceived for _, _, one in rows],
        "marker": {"color": theme.MAIN, "size": 12, "symbol": "circle"},
        "error_x": around(
            [one.gap or 0.0 for _, _, one in rows], [(one.low, one.high) for _, _, one in rows], theme.MAIN
        ),
    }


def _dots(rows: Rows, text: ChartText, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(phrase(text.locale, name)),
        "y": [row for row, _, _ in rows],
        "hovertext": [hover([label, *_lines(one, text)]) for _, label, one in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _lines(one: Gap, text: ChartText) -> list[str]:
    values = {"matters_expected": one.expected, "matters_got": one.perceived}
    return [
        phrase(
            text.locale, "matters_hover_alone", name=phrase(text.locale, key), value=number(value or 0.0, 2)
        )
        for key, value in values.items()
    ]
