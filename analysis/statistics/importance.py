"""Importance–performance: what matters more than the average item, and what is done worse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.statistics.correlation import correlation_interval
from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.pair_sums import PairSums
from analysis.statistics.tails import student_quantile
from analysis.types import Reason

SLACK = 1e-12  # of a cut; equal items must not fall apart by rounding


class Quadrant(StrEnum):
    KEEP_UP = "keep_up"
    CONCENTRATE_HERE = "concentrate_here"
    POSSIBLE_OVERKILL = "possible_overkill"
    LOW_PRIORITY = "low_priority"


_PLACES = {
    (True, True): Quadrant.KEEP_UP,
    (True, False): Quadrant.CONCENTRATE_HERE,
    (False, True): Quadrant.POSSIBLE_OVERKILL,
    (False, False): Quadrant.LOW_PRIORITY,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """One item: importance, performance (0–100), their intervals and quadrant.

    `sure` says that neither interval crosses its cut. `priority` is the item's place in the order of what to
    do first: 1, 2, … among those to concentrate on, by importance × room for improvement; None for the others.
    """

    importance: float | None
    performance: float | None
    importance_interval: Interval | None
    performance_interval: Interval | None
    quadrant: Quadrant | None
    sure: bool = False
    priority: int | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ImportancePerformance:
    items: tuple[Placed, ...]
    importance_cut: float | None
    performance_cut: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with its interval, where there is one."""

    value: float | None
    interval: Interval | None = None


def importance_performance(
    sums: PairSums, bounds: tuple[float, float], confidence: float = CONFIDENCE
) -> ImportancePerformance:
    """Quadrants of all items of `sums` but the last, which is the overall rating; importance is derived.

    Importance is Pearson's r with the overall rating over who answered both (interval by Fisher's z),
    performance the mean of all who answered the item, on 0–100 (interval by t). Martilla & James 1977
    (J. Marketing 41(1):77); GB/T 19038-2009 annex D; Fisher 1921.
    """
    items = range(sums.k - 1)
    importance = [_r(sums.correlation(j, sums.k - 1), int(sums.n[j][sums.k - 1]), confidence) for j in items]
    return quadrants(importance, [_score(sums, j, bounds, confidence) for j in items])


def quadrants(importance: Sequence[Measured], performance: Sequence[Measured]) -> ImportancePerformance:
    """Quadrants from any measure of importance, e.g. LMG shares, and performance on 0–100.

    The cuts are plain means over the items that have a value; at the cut counts as high. An item without
    performance: NO_ANSWERS, without importance: NO_SPREAD; it has no quadrant. Raises ValueError for lengths
    that differ.
    """
    cuts = _cut(importance), _cut(performance)
    placed = [_place(i, p, cuts) for i, p in zip(importance, performance, strict=True)]
    urgent = [
        (-one.importance * (100 - one.performance), j)
        for j, one in enumerate(placed)
        if one.quadrant is Quadrant.CONCENTRATE_HERE
        and one.importance is not None
        and one.performance is not None
    ]
    order = {j: place for place, (_, j) in enumerate(sorted(urgent), start=1)}
    ranked = tuple(replace(one, priority=order.get(j)) for j, one in enumerate(placed))
    return ImportancePerformance(ranked, *cuts)


def _place(importance: Measured, performance: Measured, cuts: tuple[float | None, float | None]) -> Placed:
    sides = _high(importance.value, cuts[0]), _high(performance.value, cuts[1])
    quadrant = None if sides[0] is None or sides[1] is None else _PLACES[sides[0], sides[1]]
    sure = _clear(importance, cuts[0]) and _clear(performance, cuts[1])
    reason = Reason.NO_ANSWERS if performance.value is None else Reason.NO_SPREAD
    return Placed(
        importance.value,
        performance.value,
        importance.interval,
        performance.interval,
        quadrant,
        sure,
        reason=None if quadrant else reason,
    )


def _cut(measured: Sequence[Measured]) -> float | None:
    known = [one.value for one in measured if one.value is not None]
    return math.fsum(known) / len(known) if known else None


def _high(value: float | None, cut: float | None) -> bool | None:
    return None if value is None or cut is None else value >= cut - SLACK * max(1.0, abs(cut))


def _clear(measured: Measured, cut: float | None) -> bool:
    if measured.interval is None or cut is None:
        return False
    return not measured.interval[0] < cut < measured.interval[1]


def _r(r: float | None, n: int, confidence: float) -> Measured:
    return Measured(r, correlation_interval(r, n, confidence))


def _score(sums: PairSums, item: int, bounds: tuple[float, float], confidence: float) -> Measured:
    mean, variance, n = sums.mean(item), sums.variance(item), int(sums.n[item][item])
    if mean is None:
        return Measured(None)
    factor = 100 / (bounds[1] - bounds[0])
    score = factor * (mean - bounds[0])
    if variance is None:
        return Measured(score)
    reach = factor * student_quantile(confidence, n - 1) * math.sqrt(variance / n)
    return Measured(score, (score - reach, score + reach))
