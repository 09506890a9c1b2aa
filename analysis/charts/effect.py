"""A series before and after a measure, with what would have been without it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover, wrap
from analysis.charts.whiskers import whiskers
from analysis.statistics.series_effect import SeriesEffect
from analysis.types import Group
from analysis.wording.actions import EffectText
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import within

HEIGHT = 360
_TICKS = 4  # as many labels as fit on a phone

Line = list[tuple[int, float]]


def effect(
    periods: Sequence[Group],
    start: int,
    fit: SeriesEffect | None,
    comparator: Sequence[Group] | None,
    text: ChartText,
    names: EffectText,
) -> theme.Figure:
    """The periods in their order, `start` the first after the measure; `comparator` as many, of other units.

    With a fit, the line without the change, its interval and the fitted line. Beside a comparator the fit is of the
    differences to it: the lines are then drawn where its figures put them. Hidden periods are gaps.
    """
    inside = _Inside(periods[0].estimate if periods else None)
    without, low, high, fitted = _lines(fit, start, comparator, inside)
    axis = _figures([*periods, *(comparator or ())], low + high + without, text)
    data = [
        _band(low, high),
        _line(without, names.without, theme.LOW, "dash"),
        _line(fitted, names.fitted, theme.MAIN, "solid"),
        *([_beside(comparator, names.comparator, text)] if comparator else []),
        _points(periods, names.observed, text),
        _start(start, axis.get("range", [0, 1]), names.start),
    ]
    return {"data": data, "layout": _layout([group.label for group in periods], axis)}


def _layout(labels: Sequence[str], axis: dict[str, Any]) -> dict[str, Any]:
    return theme.layout(
        HEIGHT,
        xaxis=_axis(labels),
        yaxis=axis,
        showlegend=True,
        legend=theme.legend(),
        margin={"l": 8, "r": 24, "t": 56, "b": 8, "pad": 4},
    )


def _figures(groups: Sequence[Group], lines: Line, text: ChartText) -> dict[str, Any]:
    """The axis that holds all periods and lines."""
    known = [group.estimate for group in groups]
    if not known:
        return {}
    low, high = theme.range_of(known)
    values = [value for _at, value in lines]
    ends = min([low, *values]), max([high, *values])
    return theme.value_axis(known[0].unit, ends, text.metric(known[0].metric))


class _Inside:
    """Cuts a line at the ends of the scale."""

    def __init__(self, estimate: Any) -> None:
        self._estimate = estimate

    def __call__(self, value: float) -> float:
        return within(value, self._estimate) if self._estimate else value


def _lines(
    fit: SeriesEffect | None, start: int, comparator: Sequence[Group] | None, inside: _Inside
) -> tuple[Line, Line, Line, Line]:
    """Without the change (from the first period on), its interval and the fit (since the start)."""
    expected = fit.expected if fit else ()
    if not expected:
        return [], [], [], []
    first, last = expected[0], expected[-1]
    slope = (last.without - first.without) / (last.index - first.index) if last is not first else 0.0
    before = [(at, first.without + slope * (at - first.index)) for at in range(start)]
    given = [(one.index, one.without) for one in expected]
    both = [(one.index, one.interval) for one in expected if one.interval]
    return (
        _placed([*before, *given], comparator, inside),
        _placed([(at, interval[0]) for at, interval in both], comparator, inside),
        _placed([(at, interval[1]) for at, interval in both], comparator, inside),
        _placed([(one.index, one.fitted) for one in expected], comparator, inside),
    )


def _placed(line: Line, comparator: Sequence[Group] | None, inside: _Inside) -> Line:
    if comparator is None:
        return [(at, inside(value)) for at, value in line]
    base = {at: group.estimate.value for at, group in enumerate(comparator)}
    return [(at, inside(value + other)) for at, value in line if (other := base.get(at)) is not None]


def _band(low: Line, high: Line) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at for at, _ in (*high, *reversed(low))],
        "y": [value for _, value in (*high, *reversed(low))],
        "fill": "toself",
        "fillcolor": "rgba(196, 82, 10, 0.14)",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _line(line: Line, name: str, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escape(name),
        "x": [at for at, _ in line],
        "y": [value for _, value in line],
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "skip",
        "showlegend": bool(line),
    }


def _beside(groups: Sequence[Group], name: str, text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escape(name),
        "x": list(range(len(groups))),
        "y": [group.estimate.value for group in groups],
        "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
        "hovertext": [hover([name, *text.hover(group)]) for group in groups],
        "hoverinfo": "text",
    }


def _points(groups: Sequence[Group], name: str, text: ChartText) -> dict[str, Any]:
    shown = [(at, group) for at, group in enumerate(groups) if group.estimate.value is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(name),
        "x": [at for at, _ in shown],
        "y": [group.estimate.value for _, group in shown],
        "error_y": whiskers([group.estimate for _, group in shown], theme.MIDDLE, thickness=1, width=2),
        "marker": {"color": theme.MAIN, "size": 7},
        "customdata": [group.key for _, group in shown],
        "hovertext": [hover(text.hover(group)) for _, group in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _start(start: int, ends: Sequence[float], name: str) -> dict[str, Any]:
    """A trace, not a shape: it keeps its colour on dark ground."""
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": [start - 0.5, start - 0.5],
        "y": list(ends),
        "text": ["", escape(name)],
        "textposition": "bottom right",
        "textfont": {"color": theme.QUIET, "size": 12},
        "line": {"color": theme.QUIET, "width": 1.5, "dash": "dashdot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _axis(labels: Sequence[str]) -> dict[str, Any]:
    """Labels counted back from the newest period, as many as a narrow screen has room for."""
    step = max(1, ceil(len(labels) / _TICKS))
    shown = sorted(range(len(labels) - 1, -1, -step))
    return {
        "tickvals": shown,
        "ticktext": [wrap(labels[at], 10) for at in shown],
        "tickangle": 0,
        "range": [-0.5, max(1, len(labels)) - 0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
