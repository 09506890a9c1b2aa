"""What matters most: each item's share of the explained variance of the overall rating (LMG, Shapley)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.sums import Sums
from analysis.types import Reason

MOST = 12
"""Items that are taken apart exactly: 4096 subsets."""

DRAWS = 300  # draws that settle the ends of an interval to about a tenth of its length
BLOCK = 8  # draws at a time: their matrices stay in the cache
COLLINEAR = 1e-9  # share of a variance below which an item adds nothing to those before it
NOTHING = 1e-12  # R² below this is rounding

Matrices = NDArray[np.float64]
Parts = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Drivers:
    """R² and each item's part in it (`lmg`, adding up to R²) and in percent of it (`pct`, with interval).

    `r` is each item's own correlation with the outcome: its sign says in which direction the item works.
    Without `reason` the figures are there; the ends are None where no interval was asked for or possible.
    """

    n: int
    r2: float | None
    lmg: Parts
    pct: Parts
    r: Parts
    low: Parts
    high: Parts
    reason: Reason | None = None


def key_drivers(sums: Sums, *, draws: int = 0, confidence: float = CONFIDENCE, seed: int = 0) -> Drivers:
    """LMG shares of the last item of `sums` among all others, over the persons complete in all of them.

    The mean over all orderings of the increments of R²; a set of collinear items has the R² of what it spans.
    With `draws`, `pct` has intervals (`_interval`); that of an item that does nothing begins above 0.
    Nobody: NO_ANSWERS; constant outcome: NO_SPREAD; above 12 items: NOT_APPLICABLE. Lindeman, Merenda & Gold
    1980; Grömping 2006 (J. Stat. Softw. 17(1)).
    """
    scatter = sums.scatter()
    items = sums.k - 1
    if scatter is None or scatter[-1, -1] <= 0 or items > MOST:
        reason = Reason.NOT_APPLICABLE if items > MOST else Reason.NO_SPREAD
        return _nothing(sums, Reason.NO_ANSWERS if scatter is None else reason)
    correlations = _correlations(scatter)
    lmg = shares(correlations[None])[0]
    r2 = float(lmg.sum())
    low: Parts = (None,) * items
    high = low
    if draws and sums.n - 1 > items and r2 > NOTHING:
        low, high = _interval(correlations, sums.n - 1, draws, confidence, seed)
    return Drivers(
        sums.n,
        r2,
        tuple(lmg.tolist()),
        tuple((100 * lmg / r2).tolist()) if r2 > NOTHING else (None,) * items,
        tuple(None if not scatter[j, j] else float(correlations[j, -1]) for j in range(items)),
        low,
        high,
    )


def shares(correlations: Matrices) -> Matrices:
    """LMG parts of R² for a stack of correlation matrices (… × k+1 × k+1, the outcome last): … × k."""
    return explained(correlations) @ _increments(correlations.shape[-1] - 1)


@lru_cache(maxsize=MOST + 1)
def _increments(items: int) -> Matrices:
    """2^k × k: what the R² of each set weighs in the part of each item, over all orderings."""
    masks = np.arange(1 << items)
    inside = (masks[:, None] >> np.arange(items)) & 1
    before = inside.sum(axis=1, keepdims=True) - inside  # items of the set other than this one
    weight = np.array([1 / (items * math.comb(items - 1, size)) for size in range(items)])
    return weight[before] * (2 * inside - 1) if items else np.zeros((1, 0))


def explained(correlations: Matrices) -> Matrices:
    """R² of each of the 2^k sets of items (bit j of the place: item j is in the set): … × 2^k.

    Items are swept in one after the other (Beaton 1964; Goodnight 1979, Am. Stat. 33:149), for all sets of the
    items before at once; a pivot that is nothing but rounding leaves the matrix as it is.
    """
    rest = correlations[..., None, :, :]
    for _ in range(correlations.shape[-1] - 1):
        pivot, column = rest[..., 0, 0], rest[..., 1:, 0]
        without = rest[..., 1:, 1:]
        scale = np.divide(1.0, pivot, out=np.zeros_like(pivot), where=pivot > COLLINEAR)
        swept = without - column[..., :, None] * column[..., None, :] * scale[..., None, None]
        rest = np.concatenate([without, swept], axis=-3)
    return np.clip(1 - rest[..., 0, 0], 0.0, 1.0)


def _interval(
    correlations: Matrices, df: int, draws: int, confidence: float, seed: int
) -> tuple[Parts, Parts]:
    """Percentiles of the shares of R², in percent, over covariance matrices drawn from the Wishart distribution.

    The parametric bootstrap (Efron & Tibshirani 1993, section 6.5) is the one that sums allow; it takes the
    answers for normal. Draws by Bartlett's decomposition (1933).
    """
    random = np.random.default_rng(seed)
    k = correlations.shape[-1]
    values, vectors = np.linalg.eigh(correlations)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    triangle = np.tril(random.standard_normal((draws, k, k)), -1)
    triangle[:, range(k), range(k)] = np.sqrt(random.chisquare(df - np.arange(k), (draws, k)))
    half = root @ triangle
    drawn = np.stack([_correlations(one) for one in half @ half.transpose(0, 2, 1)])
    lmg = np.concatenate([shares(drawn[i : i + BLOCK]) for i in range(0, draws, BLOCK)])
    pct = 100 * lmg / lmg.sum(axis=1, keepdims=True)
    low, high = np.quantile(pct, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return tuple(low.tolist()), tuple(high.tolist())


def _correlations(scatter: Matrices) -> Matrices:
    """Correlations; an item without spread has 0 with all, itself included."""
    deviation = np.sqrt(np.diag(scatter))
    scale = np.divide(1.0, deviation, out=np.zeros_like(deviation), where=deviation > 0)
    return np.asarray(scatter * np.outer(scale, scale))


def _nothing(sums: Sums, reason: Reason) -> Drivers:
    none = (None,) * (sums.k - 1)
    return Drivers(sums.n, None, none, none, none, none, none, reason)
