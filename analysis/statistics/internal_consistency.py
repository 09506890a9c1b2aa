"""Whether the items of a composite measure one thing: Cronbach's alpha with interval, item–rest correlations."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.sums import Sums
from analysis.types import Reason

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alpha:
    """`alpha` of the raw items with Feldt's interval, `std_alpha` from correlations; the tuples go by item."""

    n: int
    alpha: float | None
    std_alpha: float | None
    low: float | None
    high: float | None
    alpha_if_dropped: tuple[float | None, ...]
    item_rest_r: tuple[float | None, ...]
    reason: Reason | None = None


def cronbach_alpha(sums: Sums, confidence: float = CONFIDENCE) -> Alpha:
    """k/(k − 1)·(1 − Σ var_j / var(total)) of the items of `sums`, over the persons complete in all of them.

    Negative where items contradict each other. Fewer than two items: NOT_APPLICABLE; fewer than two persons:
    TOO_FEW; a total that does not vary: NO_SPREAD. Without an item of two there is no alpha; an item without
    spread has no correlation, and no `std_alpha` is computed. Cronbach 1951; Feldt 1965 (Psychometrika 30:357).
    """
    covariances = sums.covariances()
    none = (None,) * sums.k
    if sums.k < 2 or covariances is None:
        reason = Reason.NOT_APPLICABLE if sums.k < 2 else Reason.TOO_FEW if sums.n else Reason.NO_ANSWERS
        return Alpha(sums.n, None, None, None, None, none, none, reason)
    alpha = _alpha(covariances)
    if alpha is None:
        return Alpha(sums.n, None, None, None, None, none, none, Reason.NO_SPREAD)
    items = range(sums.k)
    low, high = _feldt(alpha, sums.n, sums.k, confidence)
    return Alpha(
        sums.n,
        alpha,
        _standardised(covariances),
        low,
        high,
        tuple(_alpha(np.delete(np.delete(covariances, j, 0), j, 1)) for j in items),
        tuple(_item_rest(covariances, j) for j in items),
    )


def _alpha(covariances: Matrix) -> float | None:
    k, total, own = len(covariances), float(covariances.sum()), float(np.trace(covariances))
    if k < 2 or total <= 1e-12 * own:
        return None
    return float(k / (k - 1) * (1 - own / total))


def _standardised(covariances: Matrix) -> float | None:
    deviations = np.sqrt(np.diag(covariances))
    return _alpha(covariances / np.outer(deviations, deviations)) if deviations.all() else None


def _item_rest(covariances: Matrix, item: int) -> float | None:
    own = float(covariances[item, item])
    cross = float(covariances[item].sum()) - own
    rest = float(covariances.sum()) - 2 * cross - own
    if own <= 0 or rest <= 1e-12 * float(np.trace(covariances)):
        return None
    return max(-1.0, min(1.0, cross / math.sqrt(own * rest)))


def _feldt(alpha: float, n: int, k: int, confidence: float) -> tuple[float, float]:
    tail, df1, df2 = (1 - confidence) / 2, n - 1, (n - 1) * (k - 1)
    ends = (float(fdtri(df1, df2, 1 - tail)), float(fdtri(df1, df2, tail)))
    return 1 - (1 - alpha) * ends[0], 1 - (1 - alpha) * ends[1]
