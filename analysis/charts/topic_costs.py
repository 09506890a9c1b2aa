"""What each topic moves the whole by: bars to both sides, with whiskers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around
from analysis.statistics.topic_scores import TopicScore
from analysis.types import Unit
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import figure, number


def cost_bars(scores: Sequence[TopicScore], labels: Mapping[str, str], text: ChartText) -> theme.Figure:
    """From top to bottom as given; those without a cost are left out. In the unit of the metric."""
    shown = [one for one in scores if one.cost is not None and one.interval is not None]
    names = [labels[one.topic] for one in shown]
    ends = [end for one in shown for end in one.interval or ()]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    margin = 0.06 * (high - low or 1.0)
    return {
        "data": [_bars(shown, names, text)],
        "layout": theme.layout(
            rows_height(names, 92),
            barmode="overlay",
            bargap=0.4,
            xaxis={
                "range": [low - margin, high + margin],
                "title": theme.axis_title(phrase(text.locale, "topics_axis_cost")),
                "nticks": 6,
                "automargin": True,
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zeroline": True,
                "zerolinecolor": theme.QUIET,
            },
            yaxis=rows_axis(names),
        ),
    }


def _bars(shown: Sequence[TopicScore], names: Sequence[str], text: ChartText) -> dict[str, Any]:
    values = [one.cost or 0.0 for one in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(shown))),
        "marker": {"color": [theme.LOW if value < 0 else theme.HIGH for value in values]},
        "error_x": around(values, [one.interval for one in shown], theme.INK),
        "hovertext": [hover([name, *_told(one, text)]) for name, one in zip(names, shown, strict=True)],
        "hoverinfo": "text",
    }


def _told(one: TopicScore, text: ChartText) -> list[str]:
    decimals = 2 if one.mentioned.unit is Unit.SCALE else 1
    low, high = one.interval or (0.0, 0.0)
    values = {"cost": one.cost or 0.0, "low": low, "high": high}
    told = {name: number(value, decimals, signed=True) for name, value in values.items()}
    sides = {"mentioned": figure(one.mentioned, text.locale), "others": figure(one.others, text.locale)}
    return [
        phrase(text.locale, "topics_hover_cost", **told),
        phrase(text.locale, "topics_hover_sides", **sides),
    ]
