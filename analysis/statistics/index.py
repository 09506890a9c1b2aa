"""Satisfaction indexes of several items on 0–100."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.statistics.sums import Sums
from analysis.types import Reason

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class WeightedIndex:
    """The index (0–100) and what each item weighed in it, 0 where nobody answered; the weights add up to 1."""

    index: float | None
    weights_used: tuple[float, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class TwoBlockIndex:
    """The index (0–100) whose weights make it go best with loyalty; `index_weights` add up to 1."""

    index: float | None
    outer_weights: tuple[float | None, ...]
    index_weights: tuple[float | None, ...]
    n: int
    reason: Reason | None = None


def weighted_index(
    means: Sequence[float | None], scales: Sequence[Bounds], weights: Sequence[float] | None = None
) -> WeightedIndex:
    """100 Σ w(mean − min)/(max − min) / Σw over the items with answers; equal weights where none are given.

    No item with answers, or none that weighs anything: NO_ANSWERS. Raises ValueError for lengths that differ,
    negative weights and scales without length. Fornell et al. 1996 (J. Marketing 60(4):7).
    """
    given = [1.0] * len(means) if weights is None else weights
    items = list(zip(means, scales, given, strict=True))
    if any(weight < 0 or high <= low for _, (low, high), weight in items):
        raise ValueError("weights must not be negative and scales need two ends")
    total = math.fsum(weight for mean, _, weight in items if mean is not None)
    if not total:
        return WeightedIndex(None, (0.0,) * len(items), Reason.NO_ANSWERS)
    used = tuple(0.0 if mean is None else weight / total for mean, _, weight in items)
    parts = [
        share * (mean - low) / (high - low)
        for (mean, (low, high), _), share in zip(items, used, strict=True)
        if mean is not None
    ]
    return WeightedIndex(100 * math.fsum(parts), used)


def two_block_index(sums: Sums, satisfaction: int, bounds: Bounds) -> TwoBlockIndex:
    """Two-block PLS, mode A: the first `satisfaction` items of `sums` are satisfaction, the others loyalty.

    The outer weights are the first left singular vector of cor(satisfaction, loyalty), of length 1 and positive
    sum; an item's weight in the index is that over its standard deviation. All items lie on one scale with the
    ends `bounds`. A constant item or no correlation: NO_SPREAD; below two persons: TOO_FEW. Raises ValueError
    unless both blocks have items. Fornell & Cha 1994; Lohmöller 1989.
    """
    if not 0 < satisfaction < sums.k:
        raise ValueError("both blocks need items")
    none = (None,) * satisfaction
    covariances, means = sums.covariances(), sums.means()
    if covariances is None or means is None:
        return TwoBlockIndex(None, none, none, sums.n, Reason.TOO_FEW if sums.n else Reason.NO_ANSWERS)
    deviations = np.sqrt(np.diag(covariances))
    if not deviations.all():
        return TwoBlockIndex(None, none, none, sums.n, Reason.NO_SPREAD)
    between = (covariances / np.outer(deviations, deviations))[:satisfaction, satisfaction:]
    left, strength, _ = np.linalg.svd(between)
    outer = left[:, 0] * (1 if left[:, 0].sum() >= 0 else -1)
    weights = outer / deviations[:satisfaction]
    if strength[0] < 1e-12 or abs(weights.sum()) < 1e-12 * np.abs(weights).sum():
        return TwoBlockIndex(None, none, none, sums.n, Reason.NO_SPREAD)
    weights = weights / weights.sum()
    low, high = bounds
    index = 100 * float(weights @ (means[:satisfaction] - low)) / (high - low)
    return TwoBlockIndex(index, tuple(outer.tolist()), tuple(weights.tolist()), sums.n)
