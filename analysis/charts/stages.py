"""Stages one below the other, each a bar from nothing to its count: how many are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts import theme
from analysis.charts.labels import escape, hover
from analysis.charts.rows import rows_axis, rows_height

SOFT = theme.mix(theme.MAIN, "#FFFFFF", 0.6)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and its count in words; `least` and `most` are None where it is not known or not shown."""

    label: str
    told: str
    least: int | None
    most: int | None


def stage_bars(stages: Sequence[Stage], axis: str) -> theme.Figure:
    """From top to bottom as given; what may be more than the least is lighter. `axis` names what is counted.

    A stage without a count shows its words alone. No stages give an empty chart.
    """
    labels = [stage.label for stage in stages]
    highest = max((stage.most or 0 for stage in stages), default=0)
    return {
        "data": [_bars(stages, False), _bars(stages, True), _words(stages)],
        "layout": theme.layout(
            rows_height(labels),
            barmode="stack",
            bargap=0.35,
            xaxis={
                "range": [0, max(1, highest) * 1.22],
                "title": theme.axis_title(axis),
                "rangemode": "tozero",
                "nticks": 5,
                "automargin": True,
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "zeroline": False,
            },
            yaxis=rows_axis(labels),
        ),
    }


def _bars(stages: Sequence[Stage], more: bool) -> dict[str, Any]:
    known = [(row, stage) for row, stage in enumerate(stages) if stage.least is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [(stage.most or 0) - (stage.least or 0) if more else stage.least for _, stage in known],
        "y": [row for row, _ in known],
        "marker": {"color": SOFT if more else theme.MAIN},
        "hovertext": [hover([stage.label, stage.told]) for _, stage in known],
        "hoverinfo": "text",
    }


def _words(stages: Sequence[Stage]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [stage.most or 0 for stage in stages],
        "y": list(range(len(stages))),
        "text": [f" {escape(stage.told)}" for stage in stages],
        "textposition": "middle right",
        "textfont": {"color": theme.QUIET, "size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
