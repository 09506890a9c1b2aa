"""Estimates as Plotly figures: plain dicts, so that no page pays for importing Plotly."""

from __future__ import annotations

from analysis.charts.caterpillar import caterpillar
from analysis.charts.control_chart import control_chart, moving_chart
from analysis.charts.distribution import choice_bars, diverging_bars, nps_bars
from analysis.charts.dots import dots_with_whiskers
from analysis.charts.funnel import Spot, funnel_chart
from analysis.charts.heatmap import heatmap
from analysis.charts.sentiment import sentiment_bars
from analysis.charts.stages import Stage, stage_bars
from analysis.charts.theme import CONFIG, Figure
from analysis.charts.trend import trend

__all__ = [
    "CONFIG",
    "Figure",
    "Stage",
    "Spot",
    "caterpillar",
    "choice_bars",
    "control_chart",
    "diverging_bars",
    "dots_with_whiskers",
    "funnel_chart",
    "heatmap",
    "moving_chart",
    "nps_bars",
    "sentiment_bars",
    "stage_bars",
    "trend",
]
