"""What was answered: diverging bars for scales, three parts for the NPS, plain bars for choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.stacked import Part, stacked
from analysis.charts.whiskers import whiskers
from analysis.statistics.shares import shares
from analysis.types import Group, Scale, Unit
from analysis.wording.chart_text import ChartText


def diverging_bars(
    groups: Sequence[Group], scale: Scale, value_labels: Mapping[str, str], text: ChartText
) -> theme.Figure:
    """One bar a group, worst answers left, best right, the middle value of an odd scale across the line.

    A value without a label shows its own key.
    """
    keys = sorted(scale.values, key=lambda key: scale.values[key], reverse=scale.reverse)
    colours = theme.diverging(len(keys))
    parts = [
        Part(frozenset({key}), value_labels.get(key, key), colour)
        for key, colour in zip(keys, colours, strict=True)
    ]
    return stacked(groups, parts, text, title=text.share, left_of_zero=len(keys) / 2)


def nps_bars(groups: Sequence[Group], scale: Scale, text: ChartText) -> theme.Figure:
    """Detractors, passives and promoters of each group; the scale has the numbers 0 to 10."""

    def part(label: str, colour: str, low: float, high: float) -> Part:
        keys = frozenset(key for key, number in scale.values.items() if low <= number <= high)
        return Part(keys, label, colour)

    parts = [
        part(text.detractors, theme.LOW, 0, 6),
        part(text.passives, theme.MIDDLE, 7, 8),
        part(text.promoters, theme.HIGH, 9, 10),
    ]
    return stacked(groups, parts, text, title=text.share)


def choice_bars(group: Group, value_labels: Mapping[str, str], text: ChartText) -> theme.Figure:
    """How many of a group's persons chose each value, in percent with whiskers; several values are possible.

    A hidden or empty group gives a chart with the words for it alone.
    """
    if group.distribution is None or not group.distribution.n or not theme.is_shown(group):
        return _empty(text.absence(group.estimate))
    found = shares(group.distribution)
    rows = [Group(key, value_labels.get(key, key), share) for key, share in found.items()]
    labels = [row.label for row in rows]
    highest = max(share.high or 0.0 for share in found.values())
    axis = theme.value_axis(Unit.PERCENT, (0.0, min(100.0, highest * 1.05)), text.share)
    return {
        "data": [_choices(rows, text)],
        "layout": theme.layout(rows_height(labels), bargap=0.35, xaxis=axis, yaxis=rows_axis(labels)),
    }


def _choices(rows: Sequence[Group], text: ChartText) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [row.estimate.value for row in rows],
        "y": list(range(len(rows))),
        "marker": {"color": theme.mix(theme.HIGH, "#FFFFFF", 0.35)},
        "error_x": whiskers([row.estimate for row in rows], theme.INK),
        "customdata": [row.key for row in rows],
        "hovertext": [hover(text.hover(row)) for row in rows],
        "hoverinfo": "text",
    }


def _empty(words: str) -> theme.Figure:
    note = {"text": escape(words), "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    off = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": theme.layout(96, annotations=[note], xaxis=off, yaxis=dict(off))}
