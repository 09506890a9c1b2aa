"""Mean, spread and Welch's comparison from a histogram."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import student_p, student_quantile


@dataclass(frozen=True, slots=True)
class Moments:
    """n, mean and variance (divisor n − 1; None below two answers) of a sample."""

    n: int
    mean: float
    variance: float | None


@dataclass(frozen=True, slots=True)
class Welch:
    """Welch's comparison of two means: difference, t, degrees of freedom, P and interval."""

    difference: float
    t: float
    df: float
    p: float
    low: float
    high: float


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


def welch(first: Moments, second: Moments, confidence: float = CONFIDENCE) -> Welch | None:
    """first − second without assuming equal variances; None for n = 1 or when both variances are 0.

    Welch 1947 (Biometrika 34:28).
    """
    if first.variance is None or second.variance is None or first.variance + second.variance == 0:
        return None
    part1, part2 = first.variance / first.n, second.variance / second.n
    error = math.sqrt(part1 + part2)
    df = (part1 + part2) ** 2 / (part1**2 / (first.n - 1) + part2**2 / (second.n - 1))
    difference = first.mean - second.mean
    t, half = difference / error, student_quantile(confidence, df) * error
    return Welch(difference, t, df, student_p(t, df), difference - half, difference + half)
