"""Differences around zero: a dot with whiskers a row, and a band for what does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around
from analysis.types import Comparison, Unit, Verdict

BAND = "rgba(107, 116, 128, 0.16)"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row: `told` is its sentence, for the hover text."""

    label: str
    comparison: Comparison
    told: str


def differences(rows: Sequence[Difference], *, margin: float, title: str, unimportant: str) -> theme.Figure:
    """The rows from top to bottom as given, all in one unit; a filled dot where a difference is likely real.

    `margin` is in that unit, `title` names the axis, `unimportant` the band. A row without an interval has its dot
    alone, one without a difference stays empty.
    """
    drawn = [(place, row) for place, row in enumerate(rows) if row.comparison.difference is not None]
    real = [one for one in drawn if one[1].comparison.verdict is Verdict.LIKELY_REAL]
    other = [one for one in drawn if one not in real]
    labels = [row.label for row in rows]
    return {
        "data": [_band(margin, len(rows)), _dots(real, ""), _dots(other, "circle-open")],
        "layout": theme.layout(
            rows_height(labels, 100),
            margin={"l": 8, "r": 24, "t": 28, "b": 8, "pad": 4},
            xaxis=_axis([row.comparison for row in rows], margin, title),
            yaxis=rows_axis(labels),
            annotations=[_name(unimportant)] if margin else [],
        ),
    }


def _band(margin: float, rows: int) -> dict[str, Any]:
    bottom, top = rows - 0.5, -0.5
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [-margin, margin, margin, -margin, -margin],
        "y": [bottom, bottom, top, top, bottom],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0, "color": BAND},
        "hoverinfo": "skip",
    }


def _dots(rows: Sequence[tuple[int, Difference]], symbol: str) -> dict[str, Any]:
    found = [row.comparison for _place, row in rows]
    values = [comparison.difference or 0.0 for comparison in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": [place for place, _row in rows],
        "error_x": around(values, [(c.low, c.high) for c in found], theme.MAIN),
        "marker": {"color": theme.MAIN, "size": 11} | ({"symbol": symbol} if symbol else {}),
        "hovertext": [hover([row.label, row.told]) for _place, row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _axis(found: Sequence[Comparison], margin: float, title: str) -> dict[str, Any]:
    ends = [-margin, margin, 0.0]
    ends += [end for one in found for end in (one.difference, one.low, one.high) if end is not None]
    low, high = min(ends), max(ends)
    room = 0.08 * (high - low) or 1.0
    unit = found[0].unit if found else Unit.SCALE
    axis = theme.value_axis(unit, (low - room, high + room), title)
    return axis | {"zeroline": True, "zerolinecolor": theme.QUIET, "zerolinewidth": 2, "ticksuffix": ""}


def _name(text: str) -> dict[str, Any]:
    return {
        "x": 0,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": escape(text),
        "font": {"size": 12, "color": theme.QUIET},
    }
