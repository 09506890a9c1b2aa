"""Net scores of three parts (promoters − detractors, positive − negative): points −100…100."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import normal_p, normal_quantile
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Parts:
    """Counts of the answers for, neither, and against; of weighted ones at the effective n, which need not be whole."""

    up: float
    middle: float
    down: float

    @property
    def n(self) -> float:
        return self.up + self.middle + self.down


@dataclass(frozen=True, slots=True)
class NetDifference:
    """Difference of two net scores in points, its standard error, z and two-sided P."""

    difference: float | None
    error: float | None
    z: float | None
    p: float | None
    reason: Reason | None = None


def net_score(parts: Parts) -> float | None:
    """100 (up − down) / n in points; None without answers. Reichheld 2003 for the NPS."""
    return 100 * (parts.up - parts.down) / parts.n if parts.n else None


def net_variance(parts: Parts) -> float | None:
    """Variance of the answers coded +1, 0 and −1, divisor n; None without answers."""
    return _variance(parts.up, parts.middle, parts.down) if parts.n else None


def net_error(parts: Parts) -> float | None:
    """Standard error in points; None without answers."""
    variance = net_variance(parts)
    return None if variance is None else 100 * math.sqrt(variance / parts.n)


def wald(parts: Parts, confidence: float = CONFIDENCE) -> Interval | None:
    """Score ± z standard errors in points, for comparison only: a point where all answered alike; not clipped."""
    score, error = net_score(parts), net_error(parts)
    if score is None or error is None:
        return None
    half = normal_quantile(confidence) * error
    return score - half, score + half


def adjusted_wald(parts: Parts, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval in points after adding ¾, 1½ and ¾ answers, clipped to ±100; None without answers.

    That of a single answer may not hold the score. Rocks 2016 (Am. Stat. 70:365).
    """
    if parts.n == 0:
        return None
    up, middle, down = parts.up + 0.75, parts.middle + 1.5, parts.down + 0.75
    n = up + middle + down
    centre = 100 * (up - down) / n
    half = 100 * normal_quantile(confidence) * math.sqrt(_variance(up, middle, down) / n)
    return max(-100.0, centre - half), min(100.0, centre + half)


def net_difference(first: Parts, second: Parts) -> NetDifference:
    """first − second by the z test of two independent scores (Rocks 2016).

    None without answers; only the difference and its error where neither group varies.
    """
    score1, score2 = net_score(first), net_score(second)
    error1, error2 = net_error(first), net_error(second)
    if score1 is None or score2 is None or error1 is None or error2 is None:
        return NetDifference(None, None, None, None, Reason.NO_ANSWERS)
    difference, error = score1 - score2, math.hypot(error1, error2)
    if error == 0:
        return NetDifference(difference, 0.0, None, None, Reason.NO_SPREAD)
    z = difference / error
    return NetDifference(difference, error, z, normal_p(z))


def _variance(up: float, middle: float, down: float) -> float:
    n = up + middle + down
    return max(0.0, (up + down) / n - ((up - down) / n) ** 2)
