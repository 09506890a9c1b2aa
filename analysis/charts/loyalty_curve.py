"""How loyalty rises with satisfaction: a mean with its whisker at each level."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts import theme
from analysis.charts.labels import hover, wrap
from analysis.charts.whiskers import around
from analysis.statistics.intervals import Interval
from analysis.statistics.loyalty_curve import Level
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import number

HEIGHT = 320


def loyalty_line(levels: Sequence[tuple[str, Level]], bounds: Interval, text: ChartText) -> theme.Figure:
    """Levels with their labels from left to right; `bounds` are the ends of the loyalty scale."""
    shown = [
        (place, label, one, one.mean) for place, (label, one) in enumerate(levels) if one.mean is not None
    ]
    ends = [_within(one.interval or (mean, mean), bounds) for _, _, one, mean in shown]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [place for place, _, _, _ in shown],
        "y": [mean for _, _, _, mean in shown],
        "line": {"color": theme.MAIN, "width": 2},
        "marker": {"color": theme.MAIN, "size": 10},
        "error_y": around([mean for _, _, _, mean in shown], ends, theme.MAIN),
        "hovertext": [
            hover([label, _value(mean, end, text.locale), counted(text.locale, "answers", one.n)])
            for (_, label, one, mean), end in zip(shown, ends, strict=True)
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    across = _levels_axis([label for label, _ in levels], text)
    return {"data": [line], "layout": theme.layout(HEIGHT, xaxis=across, yaxis=_axis(bounds, text))}


def _levels_axis(labels: Sequence[str], text: ChartText) -> dict[str, object]:
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [wrap(label, 13) for label in labels],
        "range": [-0.5, max(1, len(labels)) - 0.5],
        "title": theme.axis_title(phrase(text.locale, "matters_axis_satisfaction")),
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _axis(bounds: Interval, text: ChartText) -> dict[str, object]:
    return {
        "range": list(bounds),
        "title": theme.axis_title(phrase(text.locale, "matters_axis_loyalty")),
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": False,
    }


def _within(interval: Interval, bounds: Interval) -> Interval:
    return max(bounds[0], interval[0]), min(bounds[1], interval[1])


def _value(mean: float, interval: Interval, locale: str) -> str:
    name = phrase(locale, "matters_axis_loyalty")
    low, high = (number(end, 1) for end in interval)
    return phrase(locale, "matters_hover", name=name, value=number(mean, 1), low=low, high=high)
