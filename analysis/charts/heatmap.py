"""Figures by two dimensions, darker is higher; hidden cells are hatched.

Drawn with bars: Plotly's own heatmap sets style attributes, which the content security policy refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover, wrap
from analysis.charts.rows import rows_axis, rows_height
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import ABSENT, number

SIDE = 0.96  # of a square, in rows and columns
_DECIMALS = {Unit.PERCENT: 0, Unit.POINTS: 0, Unit.SCALE: 1, Unit.SCORE: 0}

Keyed = Sequence[tuple[str, str]]  # (key, label)


def heatmap(
    rows: Keyed,
    columns: Keyed,
    cells: Mapping[tuple[str, str], Estimate],
    text: ChartText,
    hue: theme.Hue = theme.BLUE,
) -> theme.Figure:
    """One square for each (row key, column key) in `cells`, all of one metric, rows from top to bottom.

    Cells that are not given stay empty. Hidden ones show a dash on a hatched ground, never a number.
    `hue` is theme.ORANGE where much is bad.
    """
    placed = [
        (x, y, Group(row, label, cells[row, column]), column_label)
        for y, (row, label) in enumerate(rows)
        for x, (column, column_label) in enumerate(columns)
        if (row, column) in cells and cells[row, column].reason is not Reason.NO_ANSWERS
    ]
    squares = _squares([group.estimate for _, _, group, _ in placed], hue)
    places = {"x": [x for x, *_ in placed], "base": [y - SIDE / 2 for _, y, *_ in placed]}
    words = [
        hover([group.label, *text.hover(replace(group, label=column))]) for _, _, group, column in placed
    ]
    return {"data": [squares | places | {"hovertext": words}], "layout": _layout(rows, columns)}


def _squares(estimates: Sequence[Estimate], hue: theme.Hue) -> dict[str, Any]:
    """The looks and the text of the squares, without their places."""
    colours = _colours(estimates, hue)
    hatching = ["/" if estimate.value is None else "" for estimate in estimates]
    return {
        "type": "bar",
        "y": [SIDE for _ in estimates],
        "width": SIDE,
        "marker": {"color": colours, "pattern": {"shape": hatching, "fgcolor": theme.QUIET, "size": 6}},
        "text": [_short(estimate) for estimate in estimates],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": [theme.text_on(colour) for colour in colours]},
        "hoverinfo": "text",
    }


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
        rows_height(labels, 96), barmode="overlay", bargap=0, xaxis=head, yaxis=rows_axis(labels)
    )


def _colours(estimates: Sequence[Estimate], hue: theme.Hue) -> list[str]:
    """Light to dark between the lowest and the highest shown figure."""
    low, high = theme.range_of(estimates, intervals=False)
    return [
        theme.HIDDEN
        if estimate.value is None
        else theme.single_hue((estimate.value - low) / (high - low or 1), hue)
        for estimate in estimates
    ]


def _short(estimate: Estimate) -> str:
    if estimate.value is None:
        return ABSENT
    return number(estimate.value, _DECIMALS[estimate.unit], signed=estimate.unit is Unit.POINTS)
