"""Means of units: raw, pulled towards the average, and ranked only where the ranking would hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.shrinkage import ShrunkenMeans, shrunken_means
from analysis.statistics.tails import normal_quantile, outside
from analysis.statistics.unit_reliability import UnitReliability, unit_reliability
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Rank:
    """The place by the unit's own mean (1 is the highest) and the places it may truly have."""

    place: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class UnitMean:
    """One unit, in the unit of the numbers: its own mean, the shrunken one with interval, its rank if any."""

    n: int
    raw: float | None
    estimate: float | None
    interval: Interval | None
    rank: Rank | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class UnitMeans:
    """All units, the average `mu` they are pulled to, and how reliably they differ."""

    units: tuple[UnitMean, ...]
    mu: float | None
    reliability: UnitReliability
    reason: Reason | None = None


def unit_means(
    units: Sequence[Sequence[int]], numbers: Sequence[float], confidence: float = CONFIDENCE
) -> UnitMeans:
    """Shrunken means from counts of each number, one line a unit; errors from the pooled deviation over √n.

    Ranks, each with the range that comparisons with every other unit leave open, only at a reliability of .7
    or more. A unit without answers has no mean (NO_ANSWERS). No spread within units, or fewer than two units:
    raw means only, with that reason. Errors as `unit_reliability`. Efron & Morris 1975; CAHPS; Mogstad, Romano,
    Shaikh & Wilhelm 2024 (Rev. Econ. Stud. 91:476) for the ranges, here with Bonferroni's limits.
    """
    reliability = unit_reliability(units, numbers)
    sizes = [sum(unit) for unit in units]
    raw = [
        math.fsum(count * number for count, number in zip(unit, numbers, strict=True)) / size
        if size
        else None
        for unit, size in zip(units, sizes, strict=True)
    ]
    if not reliability.var_within:
        reason = reliability.reason or Reason.NO_SPREAD
        bare = [_unit(size, mean, mean, None, None) for size, mean in zip(sizes, raw, strict=True)]
        return UnitMeans(tuple(bare), None, reliability, reason)
    means = [mean for mean in raw if mean is not None]
    errors = [math.sqrt(reliability.var_within / size) for size in sizes if size]
    shrunken = shrunken_means(means, errors, confidence)
    ranks = _ranks(np.array(means), np.array(errors), confidence) if reliability.may_rank else []
    return UnitMeans(_joined(sizes, raw, shrunken, ranks), shrunken.mu, reliability)


def _joined(
    sizes: Sequence[int], raw: Sequence[float | None], shrunken: ShrunkenMeans, ranks: Sequence[Rank]
) -> tuple[UnitMean, ...]:
    """Units in their order; those without answers are not among the shrunken ones."""
    place = iter(range(len(sizes)))
    found = []
    for size, mean in zip(sizes, raw, strict=True):
        if mean is None:
            found.append(_unit(size, None, None, None, None))
            continue
        j = next(place)
        rank = ranks[j] if ranks else None
        found.append(_unit(size, mean, shrunken.estimate[j], shrunken.intervals[j], rank))
    return tuple(found)


def _unit(
    n: int, raw: float | None, estimate: float | None, interval: Interval | None, rank: Rank | None
) -> UnitMean:
    return UnitMean(n, raw, estimate, interval, rank, None if n else Reason.NO_ANSWERS)


def _ranks(means: NDArray[np.float64], errors: NDArray[np.float64], confidence: float) -> list[Rank]:
    """Place by mean, and 1 + the units surely higher … k − the units surely lower, unit by unit."""
    reach = normal_quantile(1 - outside(confidence) / (len(means) - 1)) ** 2
    variances = errors**2
    found = []
    for mean, variance in zip(means, variances, strict=True):  # 5,000 units squared would be too much memory
        apart = means - mean
        higher, sure = apart > 0, apart**2 > reach * (variances + variance)
        above, below = int((sure & higher).sum()), int((sure & ~higher).sum())
        found.append(Rank(int(higher.sum()) + 1, 1 + above, len(means) - below))
    return found
