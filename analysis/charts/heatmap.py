"""Figures by two dimensions, darker is higher; hidden cells are hatched.

Drawn with bars: Plotly's own heatmap sets style attributes, which the content security policy refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover, wrap
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import ABSENT, number

_DECIMALS = {Unit.PERCENT: 0, Unit.POINTS: 0, Unit.SCALE: 1, Unit.SCORE: 0}

Keyed = Sequence[tuple[str, str]]  # (key, label)


def heatmap(
    rows: Keyed, columns: Keyed, cells: Mapping[tuple[str, str], Estimate], text: ChartText
) -> theme.Figure:
    """One square for each (row key, column key) in `cells`, all of one metric, rows from top to bottom.

    Cells that are not given stay empty. Hidden ones show a dash on a hatched ground, never a number.
    """
    placed = [
        (y, x, label_row, label_column, cells[row, column])
        for y, (row, label_row) in enumerate(rows)
        for x, (column, label_column) in enumerate(columns)
        if (row, column) in cells and cells[row, column].reason is not Reason.NO_ANSWERS
    ]
    estimates = [estimate for *_, estimate in placed]
    colours = _colours(estimates)
    trace = {
        "type": "bar",
        "x": [x for _, x, *_ in placed],
        "base": [y - 0.48 for y, *_ in placed],
        "y": [0.96 for _ in placed],
        "width": 0.96,
        "marker": {
            "color": colours,
            "pattern": {
                "shape": [_hatching(estimate) for estimate in estimates],
                "fgcolor": theme.QUIET,
                "size": 6,
            },
        },
        "text": [_short(estimate) for estimate in estimates],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": [theme.text_on(colour) for colour in colours]},
        "hovertext": [_hover(row, column, estimate, text) for _, _, row, column, estimate in placed],
        "hoverinfo": "text",
    }
    return {"data": [trace], "layout": _layout(rows, columns)}


def _layout(rows: Keyed, columns: Keyed) -> dict[str, Any]:
    labels = [label for _, label in rows]
    head = {
        "tickvals": list(range(len(columns))),
        "ticktext": [wrap(label, 12) for _, label in columns],
        "range": [-0.5, max(1, len(columns)) - 0.5],
        "side": "top",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    return theme.layout(
        theme.rows_height(labels, 96), barmode="overlay", bargap=0, xaxis=head, yaxis=theme.rows_axis(labels)
    )


def _colours(estimates: Sequence[Estimate]) -> list[str]:
    """Light to dark between the lowest and the highest shown figure."""
    low, high = theme.range_of(estimates, intervals=False)
    return [
        theme.HIDDEN
        if estimate.value is None
        else theme.single_hue((estimate.value - low) / (high - low or 1))
        for estimate in estimates
    ]


def _hatching(estimate: Estimate) -> str:
    return "/" if estimate.value is None else ""


def _short(estimate: Estimate) -> str:
    if estimate.value is None:
        return ABSENT
    return number(estimate.value, _DECIMALS[estimate.unit], signed=estimate.unit is Unit.POINTS)


def _hover(row: str, column: str, estimate: Estimate, text: ChartText) -> str:
    return hover([row, *text.hover(Group("", column, estimate))])
