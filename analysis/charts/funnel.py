"""The funnel: each unit's figure by how many answered, between limits that narrow as n grows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover, wrap
from analysis.statistics.funnel import LEVELS, Funnel
from analysis.types import Group, Unit
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase

HEIGHT = 420
POINTS = 60  # of each limit
WIDE = 30  # times the smallest n from which the axis is logarithmic
FROM, UPTO = 0.7, 1.1  # of the smallest and the largest n: where the axis begins and ends
MOST_NAMED = 6
MOST_TICKS = 7  # that a phone has room for
DASHES = {LEVELS[0]: "dash", LEVELS[1]: "solid"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit and on which side it is flagged: −1, 0 or 1."""

    group: Group
    side: int
    marked: bool = False  # by whoever looks at the page


def funnel_chart(spots: Sequence[Spot], funnel: Funnel, text: ChartText) -> theme.Figure:
    """Units without a figure are left out. Shares of the funnel (0…1) are drawn in percent."""
    known = [spot for spot in spots if spot.group.estimate.value is not None]
    sizes = [spot.group.estimate.n for spot in known] or [1]
    unit = known[0].group.estimate.unit if known else Unit.PERCENT
    factor = 100.0 if unit is Unit.PERCENT else 1.0
    limits = [_limit(funnel, sizes, level, side, factor, text) for level in LEVELS for side in (0, 1)]
    ends = _ends(known, limits)
    named = [spot for spot in known if spot.marked]
    flagged = [spot for spot in known if spot.side and not spot.marked]
    title = text.metric(known[0].group.estimate.metric) if known else ""
    return {
        "data": [
            *limits,
            _center(funnel, sizes, factor, text),
            *(_spots([spot for spot in known if spot.side == side], side, text) for side in (0, -1, 1)),
            _ring(named),
            _names(flagged),
        ],
        "layout": theme.layout(
            HEIGHT,
            showlegend=True,
            legend=theme.legend(),
            margin={"l": 8, "r": 24, "t": 48, "b": 8, "pad": 4},
            xaxis=_sizes_axis(sizes, text),
            yaxis=theme.value_axis(unit, ends, title),
            annotations=[_note(spot, sizes) for spot in named],
        ),
    }


def _sizes_axis(sizes: Sequence[int], text: ChartText) -> dict[str, Any]:
    wide = _wide(sizes)
    ends = (min(sizes) * FROM, max(sizes) * UPTO)
    ticks = _ticks(*ends) if wide else []
    named = {"tickvals": ticks, "ticktext": [f"{tick:,}" for tick in ticks]} if wide else {"nticks": 6}
    return {
        "type": "log" if wide else "linear",
        "range": [math.log10(end) for end in ends] if wide else list(ends),
        "title": theme.axis_title(phrase(text.locale, "fairly_answers")),
        **named,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": False,
    }


def _ticks(low: float, high: float) -> list[int]:
    """Of a logarithmic axis: 1, 2, 5 and their multiples by ten, or every second and third left out."""
    tens = [10**power for power in range(10)]
    every = [step * ten for ten in tens for step in (1, 2, 5) if low <= step * ten <= high]
    return every if len(every) <= MOST_TICKS else [ten for ten in tens if low <= ten <= high]


def _curve(sizes: Sequence[int]) -> list[int]:
    """Sizes from the smallest to the largest, closer together where the funnel bends."""
    first, last = max(1, int(min(sizes) * FROM)), math.ceil(max(sizes) * UPTO)
    ratio = (last / first) ** (1 / (POINTS - 1))
    return sorted({round(first * ratio**step) for step in range(POINTS)})


def _limit(
    funnel: Funnel, sizes: Sequence[int], level: float, side: int, factor: float, text: ChartText
) -> dict[str, Any]:
    along = [(n, ends[side] * factor) for n in _curve(sizes) if (ends := funnel.limits(n, level))]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [n for n, _ in along],
        "y": [end for _, end in along],
        "line": {"color": theme.QUIET, "width": 1.4, "dash": DASHES[level]},
        "name": phrase(text.locale, "fairly_limit", percent=f"{100 * level:g}%"),
        "legendgroup": str(level),
        "showlegend": side == 0,
        "hoverinfo": "skip",
    }


def _center(funnel: Funnel, sizes: Sequence[int], factor: float, text: ChartText) -> dict[str, Any]:
    along = _curve(sizes)
    value = None if funnel.theta0 is None else funnel.theta0 * factor
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [along[0], along[-1]],
        "y": [value, value],
        "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
        "name": text.overall,
        "hoverinfo": "skip",
    }


def _spots(spots: Sequence[Spot], side: int, text: ChartText) -> dict[str, Any]:
    """Flagged units differ in shape as well as in colour."""
    marker: dict[str, Any] = {"color": theme.MAIN, "size": 9, "line": {"color": "#FFFFFF", "width": 1}}
    if side:
        marker["symbol"] = "triangle-down" if side < 0 else "triangle-up"
        marker |= {"color": theme.LOW if side < 0 else theme.HIGH, "size": 14}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.group.estimate.n for spot in spots],
        "y": [spot.group.estimate.value for spot in spots],
        "marker": marker,
        "customdata": [spot.group.key for spot in spots],
        "hovertext": [hover(text.hover(spot.group)) for spot in spots],
        "hoverinfo": "text",
        "showlegend": False,
        "cliponaxis": False,
    }


def _ring(marked: Sequence[Spot]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.group.estimate.n for spot in marked],
        "y": [spot.group.estimate.value for spot in marked],
        "marker": {"color": theme.QUIET, "size": 22, "symbol": "circle-open", "line": {"width": 2.5}},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _note(spot: Spot, sizes: Sequence[int]) -> dict[str, Any]:
    """The name of the marked one, away from the points around it, on the side where there is room."""
    n, middle = spot.group.estimate.n, (min(sizes) + max(sizes)) / 2
    return {
        "x": math.log10(n) if _wide(sizes) else n,
        "y": spot.group.estimate.value,
        "text": wrap(spot.group.label),
        "ax": -64 if n > middle else 64,
        "ay": -40,
        "arrowcolor": theme.QUIET,
        "arrowwidth": 1,
        "standoff": 12,
        "font": {"size": 13, "color": theme.INK},
    }


def _wide(sizes: Sequence[int]) -> bool:
    return max(sizes) > WIDE * min(sizes)


def _names(flagged: Sequence[Spot]) -> dict[str, Any]:
    """The names of the flagged ones, while they are few."""
    few = flagged if len(flagged) <= MOST_NAMED else []
    return {
        "type": "scatter",
        "mode": "text",
        "x": [spot.group.estimate.n for spot in few],
        "y": [spot.group.estimate.value for spot in few],
        "text": [wrap(spot.group.label) for spot in few],
        "textposition": ["bottom center" if spot.side < 0 else "top center" for spot in few],
        "textfont": {"color": theme.QUIET, "size": 12},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _ends(spots: Sequence[Spot], limits: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The part of the scale with all units and the outer limits."""
    points = [spot.group.estimate.value for spot in spots] + [y for limit in limits for y in limit["y"]]
    known = [point for point in points if point is not None]
    bounds = next((s.group.estimate.bounds for s in spots if s.group.estimate.bounds), (0.0, 100.0))
    if not known:
        return bounds
    margin = (max(known) - min(known) or 1.0) * 0.06
    return max(bounds[0] - margin, min(known) - margin), min(bounds[1] + margin, max(known) + margin)
