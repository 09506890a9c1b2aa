"""Bars with whiskers: how large a part of what can be explained each driver has."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts import theme
from analysis.charts.labels import hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import whiskers
from analysis.types import Group, Unit
from analysis.wording.chart_text import ChartText


def driver_bars(groups: Sequence[Group], text: ChartText) -> theme.Figure:
    """The drivers from top to bottom as given, their shares in percent with intervals; none give an empty chart."""
    shown = [(row, group) for row, group in enumerate(groups) if group.estimate.value is not None]
    estimates = [group.estimate for _, group in shown]
    most = max((one.high or one.value or 0.0 for one in estimates), default=100.0)
    labels = [group.label for group in groups]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [one.value for one in estimates],
        "y": [row for row, _ in shown],
        "width": 0.55,
        "error_x": whiskers(estimates, theme.INK),
        "marker": {"color": theme.MAIN},
        "customdata": [group.key for _, group in shown],
        "hovertext": [hover(text.hover(group)) for _, group in shown],
        "hoverinfo": "text",
    }
    axis = theme.value_axis(Unit.PERCENT, (0.0, min(100.0, most * 1.06)), text.metric("driver_share"))
    return {
        "data": [bars],
        "layout": theme.layout(rows_height(labels), xaxis=axis, yaxis=rows_axis(labels)),
    }
