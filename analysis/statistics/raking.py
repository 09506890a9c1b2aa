"""Raking: weights that bring the respondents' mix to known totals of each margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.weights import kish
from analysis.types import Reason

Table: TypeAlias = NDArray[np.float64]

STEPS = 5000
CLOSE = 1e-13  # largest change of a share in one step


@dataclass(frozen=True, slots=True)
class Raked:
    """`counts`, `share` and `weights` have one shape; the weights have mean 1 over the answers and are 0 in cells
    without any. None with a reason where no such weights exist."""

    counts: Table
    share: Table | None
    weights: Table | None
    n: int
    deff_kish: float | None
    n_effective: float | None
    reason: Reason | None = None

    def mean(self, means: Table) -> float | None:
        """The weighted mean of cells' means, in their unit; cells without answers are not looked at."""
        if self.share is None:
            return None
        there = self.counts > 0
        return float(np.sum(self.share[there] * means[there]))

    def unweighted(self, means: Table) -> float | None:
        """The plain mean over all answers; None without any."""
        there = self.counts > 0
        return float(np.sum(self.counts[there] * means[there]) / self.n) if self.n else None


def rake(counts: Table, margins: Sequence[Sequence[float]]) -> Raked:
    """Iterative proportional fitting of a table of answers, any number of dimensions, to totals of each axis.

    `margins[a]` are the population's totals (or shares) along axis a. Empty cells stay empty. A category of the
    population without any answers: EMPTY_STRATUM, it must be merged first; margins that the cells that are
    there cannot meet: NOT_CONVERGED; no answers: NO_ANSWERS. Raises ValueError for negative numbers or shapes
    that differ. Deming & Stephan 1940 (Ann. Math. Stat. 11:427).
    """
    if counts.shape != tuple(len(margin) for margin in margins) or (counts < 0).any():
        raise ValueError("counts must not be negative and each axis needs its margin")
    n = int(counts.sum())
    targets = [np.asarray(margin, dtype=float) for margin in margins]
    if any((target < 0).any() for target in targets):
        raise ValueError("margins must not be negative")
    if n == 0 or any(target.sum() <= 0 for target in targets):
        return Raked(counts, None, None, n, None, None, Reason.NO_ANSWERS)
    targets = [target / target.sum() for target in targets]
    if any(((_along(counts, axis) == 0) & (target > 0)).any() for axis, target in enumerate(targets)):
        return Raked(counts, None, None, n, None, None, Reason.EMPTY_STRATUM)
    share = _fitted(counts / n, targets)
    if share is None:
        return Raked(counts, None, None, n, None, None, Reason.NOT_CONVERGED)
    weights = np.divide(share * n, counts, out=np.zeros_like(share), where=counts > 0)
    effect = kish(weights.ravel().tolist(), [int(count) for count in counts.ravel()])
    return Raked(counts, share, weights, n, effect.deff, effect.n_effective)


def _fitted(share: Table, targets: Sequence[Table]) -> Table | None:
    for _ in range(STEPS):
        before = share
        for axis, target in enumerate(targets):
            now = _along(share, axis)
            factor = np.divide(target, now, out=np.zeros_like(target), where=now > 0)
            share = share * factor.reshape([-1 if axis == a else 1 for a in range(share.ndim)])
        if np.abs(share - before).max() < CLOSE:
            break
    misses = [np.abs(_along(share, axis) - target).max() for axis, target in enumerate(targets)]
    return share if max(misses) < 1e-8 else None


def _along(table: Table, axis: int) -> Table:
    """The totals along one axis."""
    return np.asarray(table.sum(axis=tuple(a for a in range(table.ndim) if a != axis)), dtype=float)
