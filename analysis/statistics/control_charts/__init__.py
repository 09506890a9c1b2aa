"""Is it changing, or is it normal wobble: charts with limits from a frozen baseline."""

from __future__ import annotations

from analysis.statistics.control_charts.chart import (
    FEWEST,
    ChartKind,
    ControlChart,
    mean_charts,
    share_charts,
)
from analysis.statistics.control_charts.events import Event, events, usual_baseline
from analysis.statistics.control_charts.signals import Rule, Side, Signal

__all__ = [
    "FEWEST",
    "ChartKind",
    "ControlChart",
    "Event",
    "Rule",
    "Side",
    "Signal",
    "events",
    "mean_charts",
    "share_charts",
    "usual_baseline",
]
