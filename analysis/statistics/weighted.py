"""Figures of weighted answers: the value with its interval at the effective n."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.statistics.balance import Parts, adjusted_wald
from analysis.statistics.choose import Kind
from analysis.statistics.intervals import CONFIDENCE, Interval, scaled
from analysis.statistics.metrics import METRICS
from analysis.statistics.proportion import wilson
from analysis.statistics.tails import student_quantile
from analysis.statistics.weights import DesignEffect, kish
from analysis.types import Estimate, Reason, Scale


@dataclass(frozen=True, slots=True)
class Weighted:
    """An estimate whose `n` are the answers, and what the weights cost it."""

    estimate: Estimate
    effect: DesignEffect


def weighted_estimate(
    metric: str,
    cells: Iterable[tuple[Mapping[str, int], float]],
    scale: Scale,
    confidence: float = CONFIDENCE,
) -> Weighted:
    """A metric of answers in cells: the counts of each cell by value, and the weight of each answer in it.

    Shares have Wilson's interval at n/deff, means Student's, net scores the adjusted Wald interval. No answers, or
    none of positive weight: NO_ANSWERS; a scale without this metric: NOT_APPLICABLE; an interval is lacking below an
    effective n of 2. Raises KeyError for an unknown metric, ValueError for negative counts or weights.
    Kish 1992 (J. Off. Stat. 8:183); Korn & Graubard 1998 (Surv. Methodol. 24:193).
    """
    found = list(cells)
    of = METRICS[metric]
    effect = kish([weight for _, weight in found], [sum(counts.values()) for counts, _ in found])
    reason = None if of.applies(scale) else Reason.NOT_APPLICABLE
    if reason is None and not effect.n_effective:
        reason = Reason.NO_ANSWERS
    value, interval = None, None
    if reason is None and effect.n_effective:
        shares = _shares(found)
        value = math.fsum(share * of.numbers(scale)[key] for key, share in shares.items())
        interval = _interval(of.kind, shares, of.numbers(scale), effect.n_effective, confidence)
    low, high = interval or (None, None)
    estimate = Estimate(
        value, low, high, effect.n, of.unit, metric, reason, confidence, bounds=of.bounds(scale)
    )
    return Weighted(estimate, effect)


def _shares(cells: Iterable[tuple[Mapping[str, int], float]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for counts, weight in cells:
        for key, count in counts.items():
            sums[key] = sums.get(key, 0.0) + weight * count
    total = math.fsum(sums.values())
    return {key: part / total for key, part in sums.items() if part}


def _interval(
    kind: Kind, shares: Mapping[str, float], numbers: Mapping[str, float], n: float, confidence: float
) -> Interval | None:
    if kind is Kind.SHARES:
        share = math.fsum(part for key, part in shares.items() if numbers[key])
        found = wilson(min(share, 1.0) * n, n, confidence)
        return scaled(found, 100) if found else None
    mean = math.fsum(part * numbers[key] for key, part in shares.items())
    if kind is Kind.NET:
        up, middle, down = (
            n * math.fsum(part for key, part in shares.items() if numbers[key] == number)
            for number in (100.0, 0.0, -100.0)
        )
        found = adjusted_wald(Parts(up, middle, down), confidence)
        return (min(mean, found[0]), max(mean, found[1])) if found else None
    if n < 2:
        return None
    variance = math.fsum(part * (numbers[key] - mean) ** 2 for key, part in shares.items()) * n / (n - 1)
    half = student_quantile(confidence, n - 1) * math.sqrt(variance / n)
    return mean - half, mean + half
