"""How all charts look: colours a colour-blind reader tells apart, system fonts, no background of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts.labels import escape
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording.numbers import within

Figure = dict[str, Any]

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
"""For Plotly.newPlot on the page."""

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "PingFang TC", "Microsoft YaHei", '
    '"Microsoft JhengHei", "Noto Sans CJK SC", "Noto Sans CJK TC", sans-serif'
)
INK = "#3B4450"
QUIET = "#6B7480"
GRID = "#DDE2E8"
HIDDEN = "#E6E9ED"
MAIN = "#0B6CB0"
MAIN_SOFT = "rgba(11, 108, 176, 0.16)"
LOW = "#C4520A"
MIDDLE = "#C9CED6"
HIGH = "#1F6AA5"
_DIVERGING = ("#A84300", "#EDA66B", MIDDLE, "#8FBCE0", "#14568C")
BLUE, ORANGE = ("#E9F2FA", "#0A4F8A"), ("#FBEFE4", "#A84300")
"""Light and dark ends of a single hue."""
Hue = tuple[str, str]


def layout(height: int, **more: Any) -> dict[str, Any]:
    """The layout all charts start from; the width is the page's. `more` adds to it or replaces."""
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": 8, "r": 24, "t": 12, "b": 8, "pad": 4},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "#FFFFFF",
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        **more,
    }


def legend() -> dict[str, Any]:
    """A legend above the chart that wraps on narrow screens; its items are no switches."""
    return {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def names_below() -> dict[str, Any]:
    """The names of numbered points, one below the other under the chart."""
    return legend() | {"orientation": "v", "y": 0, "yref": "container", "yanchor": "bottom"}


def value_axis(unit: Unit, ends: tuple[float, float], title: str) -> dict[str, Any]:
    """An axis of figures in the unit."""
    return {
        "range": list(ends),
        "title": axis_title(title),
        "ticksuffix": "%" if unit is Unit.PERCENT else "",
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
    }


def axis_title(text: str) -> dict[str, Any]:
    """The name of an axis, in the size of its numbers."""
    return {"text": escape(text), "standoff": 8, "font": {"size": 13}}


def range_of(estimates: Sequence[Estimate], *, intervals: bool = True) -> tuple[float, float]:
    """The part of the scale that shows all values (and intervals), at least a tenth of it, never beyond it."""
    bounds = next((estimate.bounds for estimate in estimates if estimate.bounds), (0.0, 100.0))
    points = [
        within(point, estimate)
        for estimate in estimates
        for point in (estimate.value, *((estimate.low, estimate.high) if intervals else ()))
        if point is not None
    ]
    if not points:
        return bounds
    low, high, least = min(points), max(points), (bounds[1] - bounds[0]) / 10
    margin = max((high - low) * 0.06, (least - (high - low)) / 2)
    return max(bounds[0], low - margin), min(bounds[1], high + margin)


def is_shown(group: Group) -> bool:
    """Whether anything of the group may be drawn; a hidden one's counts are never looked at."""
    return group.estimate.reason not in (Reason.SUPPRESSED, Reason.NO_ANSWERS)


def diverging(parts: int) -> list[str]:
    """Colours from worst to best, grey in the middle of an odd number."""
    half, odd = divmod(parts, 2)
    reach = 2.0 if odd else 1.3  # an even number stops short of the grey
    worse = [reach * index / (half if odd else max(1, half - 1)) for index in range(half)]
    stops = [*worse, *([2.0] if odd else []), *(4 - stop for stop in reversed(worse))]
    return [mix(_DIVERGING[int(stop)], _DIVERGING[min(4, int(stop) + 1)], stop % 1) for stop in stops]


def segment(colour: str) -> dict[str, Any]:
    """A part of a bar; what is worse has a warm colour, and hatching, by which a grey print tells it from its opposite."""
    marker: dict[str, Any] = {"color": colour, "line": {"color": "#FFFFFF", "width": 1}}
    red, _green, blue = _channels(colour)
    if red > blue:
        marker["pattern"] = {
            "shape": "/",
            "size": 7,
            "solidity": 0.16,
            "fgcolor": "#FFFFFF",
            "fillmode": "overlay",
        }
    return marker


def single_hue(share: float, hue: Hue = BLUE) -> str:
    """Light to dark in one hue for 0…1."""
    return mix(*hue, share)


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from the first to the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def text_on(colour: str) -> str:
    """Black or white, whichever is easier to read on the colour (relative luminance of WCAG 2)."""
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return "#FFFFFF" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179 else "#000000"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
