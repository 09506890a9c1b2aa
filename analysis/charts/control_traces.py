"""How a control chart is drawn: limits as steps, marked points, the baseline as a band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.trend import break_line, break_name, periods_axis
from analysis.types import Group
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase

MANY = 40  # points from which their marks are smaller
RANGE = "rgba(107, 116, 128, 0.12)"
BASELINE = "rgba(107, 116, 128, 0.10)"


@dataclass(frozen=True, slots=True)
class Point:
    at: int
    value: float | None
    low: float | None
    high: float | None
    mark: str  # "", "pattern" or "likely"
    key: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    points: Sequence[Point]
    center: float | None
    baseline: tuple[int, int] | None


def drawn(
    lines: Sequence[Line], periods: Sequence[Group], axis: dict[str, Any], height: int, text: ChartText
) -> theme.Figure:
    """The lines one after the other on one axis of periods; those without a figure are marked at its foot."""
    starts = [line.points[0].at for line in lines[1:] if line.points]
    bottom = axis["range"][0] if axis else 0.0
    missing = [(p, period) for p, period in enumerate(periods) if period.estimate.value is None]
    return {
        "data": [
            *(trace for line in lines for trace in _limits(line)),
            *(_center(line) for line in lines if line.center is not None),
            *(_values(line) for line in lines),
            *(_marked(lines, mark) for mark in ("pattern", "likely")),
            _absent(missing, bottom, text),
        ],
        "layout": theme.layout(
            height,
            margin={"l": 8, "r": 24, "t": 28 if starts else 12, "b": 8, "pad": 4},
            xaxis=periods_axis([period.label for period in periods]),
            yaxis=axis,
            shapes=[*map(break_line, starts), *(_band(line.baseline) for line in lines if line.baseline)],
            annotations=[
                *(break_name(start, text) for start in starts),
                *(_named(line.baseline, text) for line in lines if line.baseline),
            ],
        ),
    }


def _limits(line: Line) -> Iterable[dict[str, Any]]:
    """Both limits as steps with the usual range between them; across a gap they go on from point to point."""
    points = [point for point in line.points if point.low is not None]
    if points:
        yield _limit(points, [point.low for point in points], "none")
        yield _limit(points, [point.high for point in points], "tonexty")


def _limit(points: Sequence[Point], ends: Sequence[float | None], fill: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [points[0].at - 0.5, *(point.at for point in points), points[-1].at + 0.5],
        "y": [ends[0], *ends, ends[-1]],
        "line": {"color": theme.QUIET, "width": 1.2, "dash": "dash", "shape": "hvh"},
        "fill": fill,
        "fillcolor": RANGE,
        "hoverinfo": "skip",
    }


def _center(line: Line) -> dict[str, Any]:
    ends = [line.points[0].at - 0.5, line.points[-1].at + 0.5]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": [line.center, line.center],
        "line": {"color": theme.QUIET, "width": 1.6},
        "hoverinfo": "skip",
    }


def _values(line: Line) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [point.at for point in line.points],
        "y": [point.value for point in line.points],
        "connectgaps": False,
        "line": {"color": theme.MAIN, "width": 2},
        "marker": {"color": theme.MAIN, "size": 6 if len(line.points) <= MANY else 4},
        "customdata": [point.key for point in line.points],
        "hovertext": [hover(point.lines) for point in line.points],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _marked(lines: Sequence[Line], mark: str) -> dict[str, Any]:
    """Points of a likely change filled, those of a lone pattern hollow: told apart without colour too."""
    points = [p for line in lines for p in line.points if p.mark == mark and p.value is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.at for point in points],
        "y": [point.value for point in points],
        "marker": {
            "symbol": "diamond" if mark == "likely" else "diamond-open",
            "size": 11 if sum(len(line.points) for line in lines) <= MANY else 9,
            "color": theme.LOW,
            "line": {"color": theme.LOW, "width": 1.5},
        },
        "hovertext": [hover(point.lines) for point in points],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _absent(missing: Sequence[tuple[int, Group]], bottom: float, text: ChartText) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at for at, _ in missing],
        "y": [bottom for _ in missing],
        "marker": {"symbol": "line-ew-open", "size": 9, "color": theme.QUIET},
        "hovertext": [hover(text.hover(period)) for _, period in missing],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _band(window: tuple[int, int]) -> dict[str, Any]:
    ends = {"x0": window[0] - 0.5, "x1": window[1] + 0.5, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "rect", "layer": "below", "fillcolor": BASELINE, "line": {"width": 0}, **ends}


def _named(window: tuple[int, int], text: ChartText) -> dict[str, Any]:
    return {
        "x": (window[0] + window[1]) / 2,
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": escape(phrase(text.locale, "control_baseline")),
        "font": {"size": 12, "color": theme.QUIET},
    }
