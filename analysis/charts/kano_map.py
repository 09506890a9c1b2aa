"""Kano's map: how much a feature can please, and how much its lack can displease."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.charts import theme
from analysis.charts.corners import corners
from analysis.charts.numbered import dot_at, leaders, number_at
from analysis.charts.placing import Spot, apart
from analysis.charts.rows import names_height
from analysis.charts.whiskers import around
from analysis.statistics.kano import Kano
from analysis.wording.chart_text import ChartText
from analysis.wording.languages import phrase
from analysis.wording.numbers import number

PLOT = 360  # pixels, without the names below it
COLOURS = {"M": theme.LOW, "O": theme.HIGH, "A": "#2E8B57"}
CORNERS = {"A": (0.01, 0.99, "bottom right"), "O": (0.99, 0.99, "bottom left"), "I": (0.01, 0.01, "top right"), "M": (0.99, 0.01, "top left")}  # fmt: skip

Feature = tuple[str, Kano]


def kano_map(features: Sequence[Feature], text: ChartText) -> theme.Figure:
    """Numbered points between 0 and 1, names below; a feature without Better and Worse is left out."""
    shown = [
        (str(place), label, one)
        for place, (label, one) in enumerate(features, start=1)
        if one.better is not None and one.worse is not None
    ]
    below = names_height([label for _, label, _ in shown])
    return {
        "data": [*_middle(), *_points(shown, text), _corners(text)],
        "layout": theme.layout(
            PLOT + below,
            showlegend=True,
            legend=theme.names_below(),
            margin={"l": 8, "r": 16, "t": 12, "b": below, "pad": 4},
            xaxis=_axis(phrase(text.locale, "matters_axis_worse")),
            yaxis=_axis(phrase(text.locale, "matters_axis_better")),
        ),
    }


def _points(shown: Sequence[tuple[str, str, Kano]], text: ChartText) -> list[dict[str, Any]]:
    own = [_at(one) for _, _, one in shown]
    spots = apart(own)
    return [
        *(_dot(one) for _, _, one in shown),
        leaders(own, spots),
        *(
            number_at(spot, name, label, _told(one, text), _colour(one))
            for (name, label, one), spot in zip(shown, spots, strict=True)
        ),
    ]


def _colour(one: Kano) -> str:
    return COLOURS.get(one.category or "", theme.QUIET)


def _at(one: Kano) -> Spot:
    return -(one.worse or 0.0), one.better or 0.0


def _dot(one: Kano) -> dict[str, Any]:
    (worse, better), ends, colour = _at(one), one.worse_interval, _colour(one)
    lack = (-ends[1], -ends[0]) if ends else None
    across = around([worse], [lack], colour, thickness=1.2, width=3)
    up = around([better], [one.better_interval], colour, thickness=1.2, width=3)
    return dot_at((worse, better), colour, (across, up))


def _told(one: Kano, text: ChartText) -> list[str]:
    worse, better = _at(one)
    category = phrase(text.locale, f"matters_kano_{one.category}") if one.category else ""
    return [category, f"{number(better, 2)} / {number(worse, 2)}"]


def _middle() -> list[dict[str, Any]]:
    line = {"color": theme.QUIET, "width": 1.5, "dash": "dash"}
    same = {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip", "showlegend": False}
    return [same | {"x": [0.5, 0.5], "y": [0, 1]}, same | {"x": [0, 1], "y": [0.5, 0.5]}]


def _corners(text: ChartText) -> dict[str, Any]:
    return corners({phrase(text.locale, f"matters_kano_{name}"): place for name, place in CORNERS.items()})


def _axis(title: str) -> dict[str, Any]:
    return {
        "range": [0, 1],
        "title": theme.axis_title(title),
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "gridcolor": theme.GRID,
        "zeroline": False,
    }
