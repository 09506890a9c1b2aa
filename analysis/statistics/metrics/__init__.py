"""The registry of metrics. A new one is a module beside this and one name in the tuple below."""

from __future__ import annotations

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.metrics.average import ces, mean, mean_100
from analysis.statistics.metrics.base import Metric
from analysis.statistics.metrics.csat import csat
from analysis.statistics.metrics.net import SENTIMENTS, nps, sentiment_balance
from analysis.types import Distribution, Estimate, Scale

METRICS: dict[str, Metric] = {
    metric.name: metric for metric in (csat, nps, ces, mean, mean_100, sentiment_balance)
}


def estimate(
    metric: str, distribution: Distribution, scale: Scale, confidence: float = CONFIDENCE
) -> Estimate:
    """The named metric of a distribution, in the metric's unit.

    None with a reason where it is not defined or nobody answered. Raises KeyError for an unknown name
    and ValueError for an answer that is not on the scale.
    """
    return METRICS[metric](distribution, scale, confidence)


__all__ = [
    "METRICS",
    "SENTIMENTS",
    "Metric",
    "ces",
    "csat",
    "estimate",
    "mean",
    "mean_100",
    "nps",
    "sentiment_balance",
]
