"""The interval of a correlation."""

from __future__ import annotations

import math

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import normal_quantile


def correlation_interval(r: float | None, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Ends of Pearson's r of n pairs by Fisher's z; None without r, below four pairs and where r is ±1.

    Fisher 1921 (Metron 1:3).
    """
    if r is None or n < 4 or abs(r) >= 1:
        return None
    reach = normal_quantile(confidence) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)
