"""Perception minus expectation, over the persons who gave both (SERVQUAL, RATER)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.sums import Sums
from analysis.statistics.tails import student_quantile
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """Means of expectation and perception and their difference with interval, in the unit of the scale."""

    n: int
    expected: float | None
    perceived: float | None
    gap: float | None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class DimensionGap:
    """Plain means of a dimension's items; without interval (see `composite_gap` for one person's items)."""

    expected: float | None
    perceived: float | None
    gap: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class GapProfile:
    """Gaps by item and dimension; `overall` is the plain mean of dimensions, `overall_weighted` the weighted."""

    items: tuple[Gap, ...]
    dimensions: Mapping[str, DimensionGap]
    overall: float | None
    overall_weighted: float | None


def gap(pair: Sums, confidence: float = CONFIDENCE) -> Gap:
    """Mean of perceived − expected with the paired t interval; `pair` holds (expected, perceived).

    No pairs: NO_ANSWERS; one pair has a gap, no interval and TOO_FEW. Raises ValueError unless `pair` has two
    items. Parasuraman, Zeithaml & Berry 1988 (J. Retailing 64:12).
    """
    if pair.k != 2:
        raise ValueError("a gap is of two items: expected and perceived")
    return _contrast(pair, 1, confidence)


def composite_gap(sums: Sums, confidence: float = CONFIDENCE) -> Gap:
    """The gap of a whole dimension with interval, over the persons complete in all its items.

    `sums` holds the expectations of all items, then their perceptions in the same order. Reasons as `gap`;
    raises ValueError for an odd number of items or none.
    """
    if sums.k == 0 or sums.k % 2:
        raise ValueError("as many perceptions as expectations are needed")
    return _contrast(sums, sums.k // 2, confidence)


def gap_profile(
    pairs: Sequence[Sums],
    dimensions: Sequence[str],
    weights: Mapping[str, float] | None = None,
    confidence: float = CONFIDENCE,
) -> GapProfile:
    """Gaps of items, each with its dimension, of dimensions and overall. Items without pairs are left out.

    `weights` are the importance of the dimensions, on any scale; those without a gap are left out of the
    weighted mean, which is None without weights. Raises ValueError for lengths that differ or a dimension that
    has no weight. Parasuraman, Zeithaml & Berry 1988; 1991 (J. Retailing 67:420).
    """
    items = tuple(gap(pair, confidence) for pair in pairs)
    members: dict[str, list[Gap]] = {name: [] for name in dimensions}
    for name, item in zip(dimensions, items, strict=True):
        members[name].append(item)
    found = {name: _dimension(own) for name, own in members.items()}
    known = {name: one.gap for name, one in found.items() if one.gap is not None}
    if weights is not None and not set(found) <= set(weights):
        raise ValueError(f"no weight for {sorted(set(found) - set(weights))}")
    total = math.fsum(weights[name] for name in known) if weights else 0.0
    weighted = None
    if weights and total > 0:
        weighted = math.fsum(weights[name] * value for name, value in known.items()) / total
    return GapProfile(items, found, _mean(list(known.values())), weighted)


def _contrast(sums: Sums, half: int, confidence: float) -> Gap:
    """Mean of the second half of the items minus that of the first, each the mean over its items."""
    if sums.n == 0:
        return Gap(0, None, None, None, reason=Reason.NO_ANSWERS)
    expected, perceived = (
        float(sum(part) / Fraction(sums.n * half)) for part in (sums.sums[:half], sums.sums[half:])
    )
    sign = [-1] * half + [1] * half
    total = sum(a * b for a, b in zip(sign, sums.sums, strict=True))
    squares = sum(
        a * b * x
        for a, line in zip(sign, sums.products, strict=True)
        for b, x in zip(sign, line, strict=True)
    )
    value = float(total / Fraction(sums.n * half))
    if sums.n == 1:
        return Gap(1, expected, perceived, value, reason=Reason.TOO_FEW)
    variance = float((sums.n * squares - total**2) / Fraction(sums.n * (sums.n - 1) * half * half))
    reach = student_quantile(confidence, sums.n - 1) * math.sqrt(variance / sums.n)
    return Gap(sums.n, expected, perceived, value, value - reach, value + reach)


def _dimension(items: Sequence[Gap]) -> DimensionGap:
    expected, perceived, gaps = (
        [value for item in items if (value := getattr(item, name)) is not None]
        for name in ("expected", "perceived", "gap")
    )
    reason = None if gaps else Reason.NO_ANSWERS
    return DimensionGap(_mean(expected), _mean(perceived), _mean(gaps), reason)


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None
