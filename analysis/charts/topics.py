"""What comments are about: complaints to the left, praise to the right; and how both changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around
from analysis.statistics.topic_shares import TopicShares
from analysis.types import Comparison
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import number
from analysis.wording.topics import difference_text

_READABLE = 7  # percent of the axis; a narrower bar has no room for its number

Labels = Mapping[str, str]


def topic_bars(
    topics: Sequence[TopicShares], labels: Labels, text: ChartText, *, axis: str = "topics_axis"
) -> theme.Figure:
    """Percent of all comments, from top to bottom as given: negative left of the line, positive right of it, and
    behind that those that mention the topic without an opinion (neutral, undecided). `axis` is the phrase for its title."""
    n = max((one.negative.n for one in topics), default=0)
    parts = _parts(topics, n)
    far = [start + width for part in parts for start, width in zip(part.starts, part.widths, strict=True)]
    near = [start for part in parts for start in part.starts]
    ends = (-_out(-min(near, default=0.0)), _out(max(far, default=0.0)))
    names = [labels[one.topic] for one in topics]
    return {
        "data": [_bars(part, names, n, ends, text) for part in parts],
        "layout": theme.layout(
            rows_height(names, 124),
            barmode="overlay",
            bargap=0.3,
            showlegend=True,
            legend=theme.legend(),
            xaxis=_axis(ends, phrase(text.locale, axis), "%", absolute=True),
            yaxis=rows_axis(names),
        ),
    }


def change_dots(topics: Sequence[TopicShares], labels: Labels, text: ChartText) -> theme.Figure:
    """Changes of both shares in percentage points, with their widened intervals, from top to bottom as given."""
    names = [labels[one.topic] for one in topics]
    sides = (
        ("topics_complaints", theme.LOW, -0.14, [one.complaints for one in topics]),
        ("topics_praise", theme.HIGH, 0.14, [one.praise for one in topics]),
    )
    known = [
        end
        for *_, changes in sides
        for change in changes
        for end in (change.difference, change.low, change.high)
        if end is not None
    ]
    ends = -_out(max([0.0, *(-one for one in known)])), _out(max([0.0, *known]))
    return {
        "data": [
            _dots(phrase(text.locale, key), colour, shift, list(zip(names, changes, strict=True)), text)
            for key, colour, shift, changes in sides
        ],
        "layout": theme.layout(
            rows_height(names, 124),
            showlegend=True,
            legend=theme.legend(),
            xaxis=_axis(ends, phrase(text.locale, "topics_axis_change"), ""),
            yaxis=rows_axis(names),
        ),
    }


def _out(value: float) -> float:
    """The end of an axis: a little further than the longest bar."""
    return max(1.0, 1.06 * value)


@dataclass(frozen=True, slots=True)
class _Part:
    """One segment of every bar, in percent."""

    key: str
    colour: str
    counts: Sequence[int]
    widths: Sequence[float]
    starts: Sequence[float]


def _parts(topics: Sequence[TopicShares], n: int) -> list[_Part]:
    negative = [one.mentions.negative for one in topics]
    positive = [one.mentions.positive for one in topics]
    beside = [one.mentions.neutral + one.mentions.undecided for one in topics]
    left, right = _percent(negative, n), _percent(positive, n)
    return [
        _Part("negative", theme.LOW, negative, left, [-width for width in left]),
        _Part("positive", theme.HIGH, positive, right, [0.0] * len(right)),
        _Part("neutral", theme.MIDDLE, beside, _percent(beside, n), right),
    ]


def _percent(counts: Sequence[int], n: int) -> list[float]:
    return [100 * count / n if n else 0.0 for count in counts]


def _bars(
    part: _Part, names: Sequence[str], n: int, ends: tuple[float, float], text: ChartText
) -> dict[str, Any]:
    readable = _READABLE * (ends[1] - ends[0]) / 100
    said = phrase(text.locale, f"topics_{part.key}")
    told = [phrase(text.locale, "topics_hover_counts", x=f"{count:,}", n=f"{n:,}") for count in part.counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(said),
        "base": list(part.starts),
        "x": list(part.widths),
        "y": list(range(len(names))),
        "marker": theme.segment(part.colour),
        "text": [f"{number(width, 0)}%" if width >= readable else "" for width in part.widths],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": theme.text_on(part.colour), "size": 12},
        "hovertext": [
            hover([name, f"{said}: {number(width, 1)}%", counted])
            for name, width, counted in zip(names, part.widths, told, strict=True)
        ],
        "hoverinfo": "text",
    }


def _dots(
    name: str, colour: str, shift: float, rows: Sequence[tuple[str, Comparison]], text: ChartText
) -> dict[str, Any]:
    shown = [(row, label, of) for row, (label, of) in enumerate(rows) if of.difference is not None]
    values = [of.difference or 0.0 for _, _, of in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(name),
        "x": values,
        "y": [row + shift for row, _, _ in shown],
        "error_x": around(
            [of.difference or 0.0 for _, _, of in shown],
            [(of.low, of.high) for _, _, of in shown],
            colour,
            width=4,
        ),
        # a symbol of its own: the two sides are told apart without their colours, which the page leaves as they are
        "marker": {"color": colour, "size": 10, "symbol": "diamond" if shift < 0 else "square"},
        "hovertext": [hover([label, difference_text(of, name, text.locale)]) for _, label, of in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _axis(ends: tuple[float, float], title: str, suffix: str, *, absolute: bool = False) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "range": list(ends),
        "title": theme.axis_title(title),
        "nticks": 6,
        "ticksuffix": suffix,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": True,
        "zerolinecolor": theme.QUIET,
    }
    if absolute:
        ticks = _ticks(ends)
        axis |= {"tickvals": ticks, "ticktext": [f"{number(abs(tick), 0)}%" for tick in ticks]}
    return axis


def _ticks(ends: tuple[float, float]) -> list[float]:
    """Whole numbers, at most eight."""
    step = next((one for one in (1, 2, 5, 10, 20) if (ends[1] - ends[0]) / one <= 7), 25)
    first = -int(-ends[0] // step) * step
    return [float(tick) for tick in range(first, int(ends[1]) + 1, step)]
