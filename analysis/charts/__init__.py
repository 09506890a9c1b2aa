"""Estimates as Plotly figures: plain dicts, so that no page pays for importing Plotly."""

from __future__ import annotations

from analysis.charts.benchmarks import beside_benchmarks
from analysis.charts.caterpillar import caterpillar
from analysis.charts.control_chart import control_chart, moving_chart
from analysis.charts.distribution import choice_bars, diverging_bars, nps_bars
from analysis.charts.dots import dots_with_whiskers
from analysis.charts.drivers import driver_bars
from analysis.charts.dumbbell import dumbbell
from analysis.charts.funnel import Spot, funnel_chart
from analysis.charts.heatmap import heatmap
from analysis.charts.kano_map import kano_map
from analysis.charts.loyalty_curve import loyalty_line
from analysis.charts.penalties import penalty_bars
from analysis.charts.quadrant import quadrant
from analysis.charts.sentiment import sentiment_bars
from analysis.charts.stages import Stage, stage_bars
from analysis.charts.theme import CONFIG, Figure
from analysis.charts.topic_costs import cost_bars
from analysis.charts.topics import change_dots, topic_bars
from analysis.charts.trend import trend

__all__ = [
    "CONFIG",
    "Figure",
    "Stage",
    "Spot",
    "beside_benchmarks",
    "caterpillar",
    "change_dots",
    "choice_bars",
    "control_chart",
    "cost_bars",
    "diverging_bars",
    "dots_with_whiskers",
    "funnel_chart",
    "driver_bars",
    "dumbbell",
    "heatmap",
    "moving_chart",
    "kano_map",
    "loyalty_line",
    "nps_bars",
    "penalty_bars",
    "quadrant",
    "sentiment_bars",
    "stage_bars",
    "topic_bars",
    "trend",
]
