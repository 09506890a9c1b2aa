"""Stacked bars of shares, one row a group: the ground of the distribution and the sentiment chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import absent, rows_axis, rows_height
from analysis.types import Distribution, Group
from analysis.wording.chart_text import ChartText
from analysis.wording.numbers import number

_READABLE = 8  # percent; a narrower segment has no room for its number


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of every bar: the values it counts, its name and colour."""

    keys: frozenset[str]
    label: str
    colour: str

    def count(self, distribution: Distribution) -> int:
        return sum(count for key, count in distribution.counts.items() if key in self.keys)


def stacked(
    groups: Sequence[Group], parts: Sequence[Part], text: ChartText, *, title: str, left_of_zero: float = 0.0
) -> theme.Figure:
    """Percent of each group's answers by part, from left to right.

    The first `left_of_zero` parts lie left of the line (2.5: two, and half of the third); 0 stacks from zero.
    Hidden and empty groups show the words for it; their counts are not looked at.
    """
    rows = [
        (row, group, group.distribution)
        for row, group in enumerate(groups)
        if group.distribution is not None and _is_drawn(group)
    ]
    starts = [_starts(distribution, parts, left_of_zero) for _, _, distribution in rows]
    traces = [
        _trace(rows, [start[index] for start in starts], part, text) for index, part in enumerate(parts)
    ]
    ends = _ends(starts, left_of_zero > 0)
    others = [(row, group) for row, group in enumerate(groups) if not _is_drawn(group)]
    return {
        "data": [*traces, absent(others, ends[0], text)],
        "layout": _layout([group.label for group in groups], ends, title),
    }


def _layout(labels: Sequence[str], ends: tuple[float, float], title: str) -> dict[str, Any]:
    return theme.layout(
        rows_height(labels, 124),
        barmode="overlay",
        bargap=0.3,
        showlegend=True,
        legend=theme.legend(),
        uniformtext={"minsize": 10, "mode": "hide"},
        xaxis=_axis(ends, title),
        yaxis=rows_axis(labels),
    )


def _is_drawn(group: Group) -> bool:
    return theme.is_shown(group) and group.distribution is not None and group.distribution.n > 0


def _starts(distribution: Distribution, parts: Sequence[Part], left: float) -> list[float]:
    """Where each part begins, and at the end where the last one ends."""
    n = sum(part.count(distribution) for part in parts) or 1
    widths = [100 * part.count(distribution) / n for part in parts]
    start = -sum(width * min(1.0, max(0.0, left - index)) for index, width in enumerate(widths))
    starts = [start]
    for width in widths:
        starts.append(starts[-1] + width)
    return starts


def _trace(
    rows: Sequence[tuple[int, Group, Distribution]], starts: Sequence[float], part: Part, text: ChartText
) -> dict[str, Any]:
    counts = [part.count(distribution) for _, _, distribution in rows]
    widths = [100 * count / distribution.n for count, (_, _, distribution) in zip(counts, rows, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(part.label),
        "base": list(starts),
        "x": widths,
        "y": [row for row, _, _ in rows],
        "marker": theme.segment(part.colour),
        "text": [f"{number(width, 0)}%" if width >= _READABLE else "" for width in widths],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": theme.text_on(part.colour), "size": 12},
        "customdata": [group.key for _, group, _ in rows],
        "hovertext": [
            _hovered(f"{part.label}: {number(width, 1)}% ({count:,})", group, distribution, text)
            for (_, group, distribution), width, count in zip(rows, widths, counts, strict=True)
        ],
        "hoverinfo": "text",
    }


def _hovered(share: str, group: Group, distribution: Distribution, text: ChartText) -> str:
    return hover([group.label, share, text.base(replace(group.estimate, n=distribution.n))])


def _ends(starts: Sequence[Sequence[float]], diverging: bool) -> tuple[float, float]:
    if not diverging or not starts:
        return (0.0, 100.0)
    return min(0.0, *(start[0] for start in starts)) - 1, max(0.0, *(start[-1] for start in starts)) + 1


def _axis(ends: tuple[float, float], title: str) -> dict[str, Any]:
    ticks = list(range(-100, 101, 25))
    return {
        "range": list(ends),
        "tickvals": ticks,
        "ticktext": [f"{abs(tick)}%" for tick in ticks],
        "title": theme.axis_title(title),
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": True,
        "zerolinecolor": theme.QUIET,
    }
