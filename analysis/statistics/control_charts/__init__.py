"""Is it changing, or is it normal wobble: charts with limits from a frozen baseline."""

from __future__ import annotations

from analysis.statistics.control_charts.chart import ChartKind, ControlChart, mean_charts, share_charts
from analysis.statistics.control_charts.signals import Rule, Side, Signal

__all__ = ["ChartKind", "ControlChart", "Rule", "Side", "Signal", "mean_charts", "share_charts"]
