"""Least squares from sums, and the plain t test of each coefficient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.sums import Sums
from analysis.statistics.tails import student_p
from analysis.types import Reason

COLLINEAR = 1e-10  # share of an item's variance that the items before it leave unexplained


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients in the unit of the outcome for each unit of the item; None for items that add nothing.

    `se` and `p` are None as well where no degree of freedom is left, p also where nothing is left to explain.
    """

    intercept: float | None
    coefficients: tuple[float | None, ...]
    se: tuple[float | None, ...]
    p: tuple[float | None, ...]
    r2: float | None
    df: int
    n: int
    reason: Reason | None = None


def least_squares(sums: Sums) -> Fit:
    """The last item of `sums` on all others with an intercept, over the persons complete in all of them.

    An item that is a linear combination of those before it gets None, as R's lm does. Nobody: NO_ANSWERS; a
    constant outcome: NO_SPREAD. Raises ValueError without an outcome. Gauss; Chambers 1992.
    """
    if sums.k == 0:
        raise ValueError("an outcome is needed")
    scatter, means = sums.scatter(), sums.means()
    if scatter is None or means is None or scatter[-1, -1] <= 0:
        return _nothing(sums, Reason.NO_SPREAD if sums.n else Reason.NO_ANSWERS)
    kept = independent(scatter[:-1, :-1])
    inside, outcome = scatter[np.ix_(kept, kept)], scatter[kept, -1]
    scale = np.sqrt(np.diag(inside))
    inverse = np.linalg.inv(inside / np.outer(scale, scale)) / np.outer(scale, scale)
    beta = inverse @ outcome
    left = max(0.0, float(scatter[-1, -1] - beta @ outcome))
    df = sums.n - 1 - len(kept)
    error = np.sqrt(left / df * np.diag(inverse)) if df > 0 else None
    return Fit(
        float(means[-1] - beta @ means[kept]),
        _placed(kept, beta, sums.k - 1),
        _placed(kept, error, sums.k - 1),
        _placed(kept, _p(beta, error, df), sums.k - 1),
        1 - left / float(scatter[-1, -1]),
        df,
        sums.n,
    )


def independent(scatter: NDArray[np.float64]) -> list[int]:
    """The items that are no linear combination of those kept before them, from first to last."""
    kept: list[int] = []
    for item, own in enumerate(np.diag(scatter)):
        cross = scatter[kept, item]
        explained = cross @ np.linalg.solve(scatter[np.ix_(kept, kept)], cross) if kept else 0.0
        if own > 0 and own - explained > COLLINEAR * own:
            kept.append(item)
    return kept


def _p(beta: NDArray[np.float64], error: NDArray[np.float64] | None, df: int) -> list[float | None] | None:
    if error is None:
        return None
    return [student_p(b / e, df) if e > 0 else None for b, e in zip(beta, error, strict=True)]


def _placed(
    kept: list[int], of: NDArray[np.float64] | list[float | None] | None, k: int
) -> tuple[float | None, ...]:
    values: list[float | None] = [None] * k
    for item, value in zip(kept, of if of is not None else [], strict=of is not None):
        values[item] = None if value is None else float(value)
    return tuple(values)


def _nothing(sums: Sums, reason: Reason) -> Fit:
    none = (None,) * (sums.k - 1)
    return Fit(None, none, none, none, None, sums.n - 1, sums.n, reason)
