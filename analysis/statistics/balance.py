"""Net scores of three parts (promoters − detractors, positive − negative): points −100…100."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import normal_p, normal_quantile


@dataclass(frozen=True, slots=True)
class Parts:
    """Counts of the answers for, neither, and against."""

    up: int
    middle: int
    down: int

    @property
    def n(self) -> int:
        return self.up + self.middle + self.down


def net_score(parts: Parts) -> float | None:
    """100 (up − down) / n in points; None without answers. Reichheld 2003 for the NPS."""
    return 100 * (parts.up - parts.down) / parts.n if parts.n else None


def net_error(parts: Parts) -> float | None:
    """Standard error in points, divisor n; None without answers."""
    if parts.n == 0:
        return None
    return 100 * math.sqrt(_variance(parts.up, parts.middle, parts.down) / parts.n)


def adjusted_wald(parts: Parts, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval in points after adding ¾, 1½ and ¾ answers, clipped to ±100; None without answers.

    Widened to hold the score itself, which matters for a single answer only. Rocks 2016 (Am. Stat. 70:365).
    """
    score = net_score(parts)
    if score is None:
        return None
    up, middle, down = parts.up + 0.75, parts.middle + 1.5, parts.down + 0.75
    n = up + middle + down
    centre = 100 * (up - down) / n
    half = 100 * normal_quantile(confidence) * math.sqrt(_variance(up, middle, down) / n)
    return max(-100.0, min(centre - half, score)), min(100.0, max(centre + half, score))


def net_difference_p(first: Parts, second: Parts) -> float | None:
    """Two-sided P of the z test of two independent scores; None without answers or without spread."""
    score1, score2 = net_score(first), net_score(second)
    error1, error2 = net_error(first), net_error(second)
    if score1 is None or score2 is None or error1 is None or error2 is None or error1 + error2 == 0:
        return None
    return normal_p((score1 - score2) / math.hypot(error1, error2))


def _variance(up: float, middle: float, down: float) -> float:
    n = up + middle + down
    return max(0.0, (up + down) / n - ((up - down) / n) ** 2)
