"""Two groups or periods of different people compared: difference and interval first, the test behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.change import MARGIN, difference
from analysis.statistics.choose import Kind, Method, Tested
from analysis.statistics.effect_sizes import pooled_variance
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.metrics import METRICS
from analysis.statistics.metrics.base import Metric
from analysis.statistics.moments import moments
from analysis.statistics.ranks import MannWhitney, mann_whitney
from analysis.statistics.sample_size import POWER, smallest_mean_difference, smallest_share
from analysis.types import Comparison, Distribution, Scale


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what stands behind it, one click away.

    `comparison` has the difference, its interval and the verdict; `tested` the test, why it was chosen,
    statistic, degrees of freedom and P (None where nothing can be tested); `detectable` the smallest difference,
    in the unit of the comparison, that so many answers show in four of five cases.
    """

    comparison: Comparison
    tested: Tested | None
    detectable: float | None
    n: int
    n_base: int
    ranks: MannWhitney | None = None  # beside Welch on short scales


def compare(
    current: Distribution,
    base: Distribution | None,
    metric: str,
    scale: Scale,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> Compared:
    """current − base of different people by the rule of choice; reasons as in `change.difference`.

    The interval decides the verdict, P only stands beside it. Raises KeyError for an unknown metric and
    ValueError for an answer that is not on the scale.
    """
    found = difference(current, base, metric, scale, margin=margin, confidence=confidence)
    if found.difference is None or base is None:
        return Compared(found, None, None, current.n, base.n if base else 0)
    rule = METRICS[metric]
    contrast = rule.compare(current, base, scale, confidence)
    tested = contrast.test if contrast else None
    ranks = None
    if tested and tested.choice.beside is Method.MANN_WHITNEY:
        ranks = mann_whitney(levels(rule, current, scale), levels(rule, base, scale))
    detectable = smallest_difference(rule, current, base, scale, 1 - confidence)
    return Compared(found, tested, detectable, current.n, base.n, ranks)


def levels(rule: Metric, distribution: Distribution, scale: Scale) -> list[int]:
    """Counts by what an answer counts for, the worst first: not satisfied and satisfied, or one a point."""
    numbers = rule.numbers(scale)
    counts = dict.fromkeys(sorted(set(numbers.values())), 0)
    for key, count in distribution.counts.items():
        if count:
            counts[numbers[key]] += count
    return list(counts.values())


def smallest_difference(
    rule: Metric, current: Distribution, base: Distribution, scale: Scale, alpha: float = 1 - CONFIDENCE
) -> float | None:
    """The smallest difference, in the metric's unit, that these numbers show with a power of 0.8.

    Of shares above the base's, or below where there is no room above (Fleiss 1981, groups of the harmonic mean
    of both sizes); of scores by the non-central t. None where no difference could be shown.
    """
    if not (current.n and base.n):
        return None
    numbers = rule.numbers(scale)
    first, second = moments(current.counts, numbers), moments(base.counts, numbers)
    if first is None or second is None:
        return None
    if rule.kind is Kind.SHARES:
        each, share = 2 / (1 / current.n + 1 / base.n), second.mean / 100
        up, down = (smallest_share(of, each, alpha, POWER).difference for of in (share, 1 - share))
        nearest = up if up is not None else down
        return None if nearest is None else 100 * nearest
    pooled = pooled_variance(first, second)
    if not pooled:
        return None
    return smallest_mean_difference(math.sqrt(pooled), current.n, base.n, alpha, POWER)
