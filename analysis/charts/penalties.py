"""What a bad and a very good rating of each question do to the whole: bars to both sides, with whiskers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height
from analysis.charts.whiskers import around
from analysis.statistics.penalty_reward import Effect, PenaltyReward
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import number

Item = tuple[str, PenaltyReward]


def penalty_bars(items: Sequence[Item], text: ChartText) -> theme.Figure:
    """From top to bottom as given; an effect that cannot be told has no bar."""
    labels = [label for label, _ in items]
    low = [(label, one.penalty) for label, one in items]
    high = [(label, one.reward) for label, one in items]
    return {
        "data": [
            _bars(low, theme.LOW, phrase(text.locale, "matters_penalty"), text),
            _bars(high, theme.HIGH, phrase(text.locale, "matters_reward"), text),
        ],
        "layout": theme.layout(
            rows_height(labels, 110),
            barmode="overlay",
            showlegend=True,
            legend=theme.legend(),
            margin={"l": 8, "r": 24, "t": 36, "b": 8, "pad": 4},
            xaxis={
                "title": theme.axis_title(phrase(text.locale, "matters_axis_effect")),
                "nticks": 6,
                "automargin": True,
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zeroline": True,
                "zerolinecolor": theme.QUIET,
            },
            yaxis=rows_axis(labels),
        ),
    }


def _bars(effects: Sequence[tuple[str, Effect]], colour: str, name: str, text: ChartText) -> dict[str, Any]:
    shown = [(row, label, one) for row, (label, one) in enumerate(effects) if one.value is not None]
    ends = [one.interval or (one.value or 0.0, one.value or 0.0) for _, _, one in shown]
    values = [one.value or 0.0 for _, _, one in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(name),
        "x": values,
        "y": [row + (-0.12 if colour == theme.LOW else 0.12) for row, _, _ in shown],
        "width": 0.24,
        "marker": {"color": colour},
        "error_x": around(values, ends, theme.INK, thickness=1.5, width=4),
        "hovertext": [hover([label, _line(name, one, text.locale)]) for _, label, one in shown],
        "hoverinfo": "text",
    }


def _line(name: str, one: Effect, locale: str) -> str:
    value = number(one.value or 0.0, 2, signed=True)
    if one.interval is None:
        return phrase(locale, "matters_hover_alone", name=name, value=value)
    low, high = (number(end, 2, signed=True) for end in one.interval)
    return phrase(locale, "matters_hover", name=name, value=value, low=low, high=high)
