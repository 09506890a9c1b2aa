"""Importance against performance: numbered points, the averages as dashed lines, names below.

Numbers of items that are alike stand beside their dots, so that each can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.corners import corners
from analysis.charts.numbered import dot_at, leaders, number_at
from analysis.charts.placing import Spot, apart
from analysis.charts.rows import names_height
from analysis.charts.whiskers import around
from analysis.statistics.importance import ImportancePerformance, Placed, Quadrant
from analysis.statistics.intervals import Interval
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import number

PLOT = 360  # pixels, without the names below it
COLOURS = {
    Quadrant.CONCENTRATE_HERE: theme.LOW,
    Quadrant.KEEP_UP: theme.HIGH,
    Quadrant.LOW_PRIORITY: theme.QUIET,
    Quadrant.POSSIBLE_OVERKILL: theme.QUIET,
}


def quadrant(labels: Sequence[str], found: ImportancePerformance, text: ChartText) -> theme.Figure:
    """Performance (0–100) to the right, importance upwards; an item without a place is left out."""
    placed = [
        (str(place), label, one)
        for place, (label, one) in enumerate(zip(labels, found.items, strict=True), start=1)
        if one.quadrant is not None
    ]
    items = [one for _, _, one in placed]
    across = _range([_ends(one.performance, one.performance_interval) for one in items], (0.0, 100.0))
    up = _range([_ends(one.importance, one.importance_interval) for one in items], (-1.0, 1.0))
    below = names_height([label for _, label, _ in placed])
    return {
        "data": [
            *_cuts(found, across, up),
            *_points(placed, across, up, text),
            _corners(across, up, text),
        ],
        "layout": theme.layout(
            PLOT + below,
            showlegend=True,
            legend=theme.names_below(),
            margin={"l": 8, "r": 16, "t": 12, "b": below, "pad": 4},
            xaxis=_axis(across, phrase(text.locale, "matters_axis_performance")),
            yaxis=_axis(up, phrase(text.locale, "matters_axis_importance")),
        ),
    }


def _points(
    placed: Sequence[tuple[str, str, Placed]], across: Interval, up: Interval, text: ChartText
) -> list[dict[str, Any]]:
    items = [one for _, _, one in placed]
    spots = _spots(items, across, up)
    return [
        *(_dot(one) for one in items),
        leaders([_at(one) for one in items], spots),
        *(
            number_at(spot, name, label, _lines(one, text.locale), _colour(one))
            for (name, label, one), spot in zip(placed, spots, strict=True)
        ),
    ]


def _spots(items: Sequence[Placed], across: Interval, up: Interval) -> list[Spot]:
    """Where the numbers stand, on the axes' scales."""
    wide, high = across[1] - across[0], up[1] - up[0]
    shares = [((x - across[0]) / wide, (y - up[0]) / high) for x, y in map(_at, items)]
    return [(across[0] + x * wide, up[0] + y * high) for x, y in apart(shares)]


def _at(one: Placed) -> Spot:
    return one.performance or 0.0, one.importance or 0.0


def _colour(one: Placed) -> str:
    return COLOURS[one.quadrant or Quadrant.LOW_PRIORITY]


def _dot(one: Placed) -> dict[str, Any]:
    x, y = _at(one)
    colour = _colour(one)
    across = around([x or 0.0], [one.performance_interval], colour, thickness=1.2, width=3)
    up = around([y or 0.0], [one.importance_interval], colour, thickness=1.2, width=3)
    return dot_at((x, y), colour, (across, up))


def _lines(one: Placed, locale: str) -> list[str]:
    return [
        _line(
            phrase(locale, "matters_axis_performance"), one.performance, one.performance_interval, 1, locale
        ),
        _line(phrase(locale, "matters_axis_importance"), one.importance, one.importance_interval, 2, locale),
    ]


def _line(name: str, value: float | None, interval: Interval | None, decimals: int, locale: str) -> str:
    shown = number(value or 0.0, decimals)
    if interval is None:
        return phrase(locale, "matters_hover_alone", name=name, value=shown)
    low, high = (number(end, decimals) for end in interval)
    return phrase(locale, "matters_hover", name=name, value=shown, low=low, high=high)


def _cuts(found: ImportancePerformance, across: Interval, up: Interval) -> list[dict[str, Any]]:
    """The averages that part the quadrants."""
    lines = []
    if found.performance_cut is not None:
        lines.append(([found.performance_cut] * 2, list(up)))
    if found.importance_cut is not None:
        lines.append((list(across), [found.importance_cut] * 2))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": xs,
            "y": ys,
            "line": {"color": theme.QUIET, "width": 1.5, "dash": "dash"},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for xs, ys in lines
    ]


def _corners(across: Interval, up: Interval, text: ChartText) -> dict[str, Any]:
    """What to do, in each corner."""
    places = {
        Quadrant.CONCENTRATE_HERE: (across[0], up[1], "bottom right"),
        Quadrant.KEEP_UP: (across[1], up[1], "bottom left"),
        Quadrant.LOW_PRIORITY: (across[0], up[0], "top right"),
        Quadrant.POSSIBLE_OVERKILL: (across[1], up[0], "top left"),
    }
    return corners({phrase(text.locale, f"matters_{name}"): place for name, place in places.items()})


def _ends(value: float | None, interval: Interval | None) -> Interval:
    return interval or (value or 0.0, value or 0.0)


def _range(intervals: Sequence[Interval], bounds: Interval) -> Interval:
    """What shows all whiskers, with room for the corners."""
    if not intervals:
        return bounds
    low, high = min(one[0] for one in intervals), max(one[1] for one in intervals)
    margin = max(0.12 * (high - low), 0.02 * (bounds[1] - bounds[0]))
    return max(bounds[0], low - margin), min(bounds[1], high + margin)


def _axis(ends: Interval, title: str) -> dict[str, Any]:
    return {
        "range": list(ends),
        "title": theme.axis_title(title),
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": False,
    }
