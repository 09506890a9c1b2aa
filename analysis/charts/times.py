"""How long things take: a dot for the median with its whiskers, a line to the time within which nine of ten are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around

DAYS_FROM = 96.0  # hours: an axis that reaches further is in days


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One unit or month, in hours; None where it is not known or not shown. `told` stands in its place, or in the hover."""

    label: str
    median: float | None
    low: float | None
    high: float | None
    late: float | None  # the 90th percentile
    told: Sequence[str]


def time_dots(rows: Sequence[TimeRow], hours: str, days: str) -> theme.Figure:
    """From top to bottom as given. `hours` and `days` name the axis. An end of an interval that is not known is not drawn.

    No rows give an empty chart.
    """
    reach = max(
        (end for row in rows for end in (row.median, row.high, row.late) if end is not None), default=1.0
    )
    scale, name = (24.0, days) if reach > DAYS_FROM else (1.0, hours)
    labels = [row.label for row in rows]
    known = [(at, row) for at, row in enumerate(rows) if row.median is not None]
    axis = {
        "range": [0, reach / scale * 1.08],
        "title": theme.axis_title(name),
        "rangemode": "tozero",
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": False,
    }
    return {
        "data": [_late(known, scale), _medians(known, scale), _words(rows)],
        "layout": theme.layout(rows_height(labels), xaxis=axis, yaxis=rows_axis(labels)),
    }


def _medians(known: Sequence[tuple[int, TimeRow]], scale: float) -> dict[str, Any]:
    medians = [(row.median or 0) / scale for _, row in known]
    ends = [(_scaled(row.low, scale), _scaled(row.high, scale)) for _, row in known]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": medians,
        "y": [at for at, _ in known],
        "error_x": around(medians, ends, theme.MAIN),
        "marker": {"color": theme.MAIN, "size": 11},
        "hovertext": [hover([row.label, *row.told]) for _, row in known],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _scaled(hours: float | None, scale: float) -> float | None:
    return None if hours is None else hours / scale


def _late(known: Sequence[tuple[int, TimeRow]], scale: float) -> dict[str, Any]:
    those = [(at, row.late) for at, row in known if row.late is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [late / scale for _, late in those],
        "y": [at for at, _ in those],
        "marker": {"color": theme.LOW, "size": 11, "symbol": "line-ns-open", "line": {"width": 3}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _words(rows: Sequence[TimeRow]) -> dict[str, Any]:
    missing = [(at, row) for at, row in enumerate(rows) if row.median is None]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0 for _ in missing],
        "y": [at for at, _ in missing],
        "text": [escape(row.told[0] if row.told else "") for _, row in missing],
        "textposition": "middle right",
        "textfont": {"color": theme.QUIET, "size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
