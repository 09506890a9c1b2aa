"""Rates of rare events, such as complaints per 1,000 visits: exact intervals, zero events included."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

from analysis.statistics.binomial import binomial_p
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.proportion import clopper_pearson
from analysis.statistics.tails import outside
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per unit of exposure."""

    rate: float | None
    low: float | None
    high: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class RateRatio:
    """First rate over second; a ratio or an end that would be infinite is None."""

    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    reason: Reason | None = None


def poisson_rate(events: int, exposure: float, confidence: float = CONFIDENCE) -> Rate:
    """Exact interval of events/exposure; None without exposure. ValueError for negative numbers.

    Garwood 1936 (Biometrika 28:437).
    """
    _check(events, exposure)
    if exposure == 0:
        return Rate(None, None, None, Reason.NO_ANSWERS)
    tail = outside(confidence) / 2
    low = float(special.gammaincinv(events, tail)) if events else 0.0
    high = float(special.gammainccinv(events + 1, tail))
    return Rate(events / exposure, low / exposure, high / exposure)


def poisson_ratio(
    events1: int, exposure1: float, events2: int, exposure2: float, confidence: float = CONFIDENCE
) -> RateRatio:
    """Ratio of two rates with the exact test given the sum of events. None without exposure or any event;
    no ratio and no upper end where the second group has no event. ValueError for negative numbers.

    Przyborowski & Wilenski 1940 (Biometrika 31:313).
    """
    _check(events1, exposure1)
    _check(events2, exposure2)
    n = events1 + events2
    interval = clopper_pearson(events1, n, confidence)
    if interval is None or not (exposure1 and exposure2):
        return RateRatio(None, None, None, None, Reason.NO_ANSWERS if n == 0 else Reason.NO_BASELINE)
    scale, (low, high) = exposure2 / exposure1, interval
    return RateRatio(
        ratio=events1 / events2 * scale if events2 else None,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high < 1 else None,
        p=binomial_p(events1, n, exposure1 / (exposure1 + exposure2)),
        reason=None if events2 else Reason.NO_BASELINE,
    )


def _check(events: int, exposure: float) -> None:
    if events < 0 or exposure < 0:
        raise ValueError("events and exposure cannot be negative")
