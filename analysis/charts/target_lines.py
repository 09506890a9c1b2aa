"""Targets drawn into a finished chart: dashed, with their name, as traces that keep their colour on dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape

Levels = Sequence[float | None]


def over_periods(figure: theme.Figure, targets: Levels, name: str) -> theme.Figure:
    """The target of each period of a trend; None where none holds. Returns the chart itself where there is none at all."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, target in enumerate(targets):
        x += [at - 0.5, at + 0.5] if target is not None else [None]
        y += [target, target] if target is not None else [None]
    return _with(figure, x, y, name, targets, "yaxis")


def over_rows(figure: theme.Figure, targets: Levels, name: str) -> theme.Figure:
    """The target of each row of a chart of dots; rows of the same target share one line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, target in enumerate(targets):
        if at and target != targets[at - 1]:
            x, y = [*x, None], [*y, None]
        if target is not None:
            x, y = [*x, target, target], [*y, at - 0.5, at + 0.5]
    return _with(figure, x, y, name, targets, "xaxis")


def _with(
    figure: theme.Figure,
    x: list[float | None],
    y: list[float | None],
    name: str,
    targets: Levels,
    axis: str,
) -> theme.Figure:
    known = [target for target in targets if target is not None]
    if not known:
        return figure
    layout = figure["layout"]
    low, high = layout[axis]["range"]
    room = (high - low) * 0.03
    ends = [
        min(low, min(known) - room) if min(known) < low + room else low,
        max(high, max(known) + room) if max(known) > high - room else high,
    ]
    data = [{**trace, "showlegend": False} for trace in figure["data"]]
    return {
        "data": [*data, _line(x, y, name)],
        "layout": _named({**layout, axis: {**layout[axis], "range": ends}}),
    }


def _named(layout: dict[str, Any]) -> dict[str, Any]:
    """Room on top for the line's name, above what stands there already."""
    top = layout["margin"]["t"]
    lift = top / (layout["height"] - 2 * top - 40) if top > 20 else 0.0
    return {
        **layout,
        "showlegend": True,
        "legend": {**theme.legend(), "y": 1 + lift},
        "margin": {**layout["margin"], "t": top + 26},
        "height": layout["height"] + 26,
    }


def _line(x: list[float | None], y: list[float | None], name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escape(name),
        "x": x,
        "y": y,
        "connectgaps": False,
        "line": {"color": theme.LOW, "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
        "showlegend": True,
    }
