"""Our figure against those from outside: a row each, and a dashed line from each of theirs up to ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.dots import dots_with_whiskers
from analysis.charts.labels import hover
from analysis.charts.whiskers import whiskers
from analysis.types import Group
from analysis.wording.chart_text import ChartText


def beside_benchmarks(ours: Group, theirs: Sequence[Group], text: ChartText) -> theme.Figure:
    """All of one metric. Theirs have no whiskers where their source gives no interval; ours is drawn on top."""
    figure = dots_with_whiskers([ours, *theirs], overall=None, text=text)
    dots, words = figure["data"]
    own = 0 if ours.estimate.value is None else 1
    rows = [(row, one) for row, one in enumerate(theirs, start=1) if one.estimate.value is not None]
    layout = figure["layout"]
    axis = layout["xaxis"] | {"nticks": 4, "tickangle": 0}  # names of sources leave a phone little room
    data = [_lines(rows), _diamonds(rows, text), _first(dots, own), words]
    return {"data": data, "layout": layout | {"xaxis": axis}}


def _first(dots: dict[str, Any], many: int) -> dict[str, Any]:
    """Of our own row alone."""
    error = dots["error_x"]
    kept = {name: dots[name][:many] for name in ("x", "y", "customdata", "hovertext")}
    return dots | kept | {"error_x": error | {name: error[name][:many] for name in ("array", "arrayminus")}}


def _lines(rows: Sequence[tuple[int, Group]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, one in rows for x in (one.estimate.value, one.estimate.value, None)],
        "y": [y for row, _ in rows for y in (row, -0.45, None)],
        "line": {"color": theme.QUIET, "width": 1.5, "dash": "dash"},
        "connectgaps": False,
        "hoverinfo": "skip",
    }


def _diamonds(rows: Sequence[tuple[int, Group]], text: ChartText) -> dict[str, Any]:
    """Of another shape and hollow: they are not ours, in grey too."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.estimate.value for _, one in rows],
        "y": [row for row, _ in rows],
        "error_x": whiskers([one.estimate for _, one in rows], theme.QUIET),
        "marker": {"color": theme.QUIET, "size": 12, "symbol": "diamond-open", "line": {"width": 2}},
        "hovertext": [hover([one.label, text.figure(one.estimate)]) for _, one in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
