"""Figures with their intervals, from counts. Pure and exact."""

from __future__ import annotations

from analysis.statistics.change import MARGIN, between, difference, no_change
from analysis.statistics.extremes import apart
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.merging import merge
from analysis.statistics.metrics import (
    METRICS,
    SENTIMENTS,
    ces,
    csat,
    estimate,
    mean,
    mean_100,
    nps,
    sentiment_balance,
)
from analysis.statistics.proportion import newcombe, wilson
from analysis.statistics.shares import response_rate, shares
from analysis.statistics.suppression import DEFAULT_THRESHOLD, hide, suppress, suppress_groups
from analysis.statistics.table_suppression import HiddenTable, suppress_table

__all__ = [
    "CONFIDENCE",
    "DEFAULT_THRESHOLD",
    "HiddenTable",
    "MARGIN",
    "METRICS",
    "SENTIMENTS",
    "apart",
    "between",
    "ces",
    "csat",
    "difference",
    "estimate",
    "hide",
    "mean",
    "mean_100",
    "merge",
    "newcombe",
    "no_change",
    "nps",
    "response_rate",
    "sentiment_balance",
    "shares",
    "suppress",
    "suppress_groups",
    "suppress_table",
    "wilson",
]
