"""Mean, spread and median from a histogram."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import student_quantile
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Moments:
    """n, mean and variance (divisor n − 1; None below two answers) of a sample."""

    n: int
    mean: float
    variance: float | None

    @property
    def sd(self) -> float | None:
        return None if self.variance is None else math.sqrt(self.variance)


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about a sample of numbers; `reason` says why parts are missing."""

    n: int
    total: float
    squares: float  # the sum of the squares
    mean: float | None
    variance: float | None  # divisor n − 1
    sd: float | None
    se: float | None
    low: float | None
    high: float | None
    median: float | None
    reason: Reason | None = None


def moments(counts: Mapping[str, int], values: Mapping[str, float]) -> Moments | None:
    """Moments of the answers in `counts`, numbered by `values`; None without answers."""
    pairs = [(values[key], count) for key, count in counts.items() if count]
    n = sum(count for _, count in pairs)
    if n == 0:
        return None
    mean = math.fsum(value * count for value, count in pairs) / n
    squares = math.fsum(count * (value - mean) ** 2 for value, count in pairs)
    # one single value must give exactly 0: the mean of thirds may miss it by a rounding
    spread = squares if len({value for value, _ in pairs}) > 1 else 0.0
    return Moments(n, mean, spread / (n - 1) if n > 1 else None)


def t_interval(sample: Moments, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of the mean by Student's t; None for n = 1, of zero width when all answers are equal.

    Not cut at the ends of the scale. ISO 10004:2018.
    """
    if sample.variance is None:
        return None
    half = student_quantile(confidence, sample.n - 1) * math.sqrt(sample.variance / sample.n)
    return sample.mean - half, sample.mean + half


def summary(
    counts: Mapping[str, int], values: Mapping[str, float], confidence: float = CONFIDENCE
) -> Summary:
    """Sums, mean, spread, Student's interval and median (between two middle values: their average).

    No answers: no mean; one answer: no spread and no interval; equal answers: an interval of width 0.
    """
    total = math.fsum(values[key] * count for key, count in counts.items() if count)
    squares = math.fsum(values[key] ** 2 * count for key, count in counts.items() if count)
    sample = moments(counts, values)
    if sample is None:
        return Summary(0, total, squares, *(None,) * 7, reason=Reason.NO_ANSWERS)
    sd = sample.sd
    low, high = t_interval(sample, confidence) or (None, None)
    return Summary(
        n=sample.n,
        total=total,
        squares=squares,
        mean=sample.mean,
        variance=sample.variance,
        sd=sd,
        se=None if sd is None else sd / math.sqrt(sample.n),
        low=low,
        high=high,
        median=_median(counts, values, sample.n),
        reason=Reason.TOO_FEW if sd is None else None,
    )


def _median(counts: Mapping[str, int], values: Mapping[str, float], n: int) -> float:
    keys = sorted((key for key, count in counts.items() if count), key=lambda key: values[key])
    upto = list(accumulate(counts[key] for key in keys))
    lower, upper = (keys[bisect_left(upto, rank)] for rank in ((n + 1) // 2, n // 2 + 1))
    return (values[lower] + values[upper]) / 2
