"""Interrupted time series: jump and change of slope at a known date, by segmented regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.tails import student_p
from analysis.types import Reason

TERMS = ("intercept", "slope", "level_change", "slope_change")

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient with its plain and its Newey–West error; P by t from the plain one."""

    value: float | None = None
    se_ols: float | None = None
    p_ols: float | None = None
    se_nw: float | None = None


NOTHING: Mapping[str, Term] = dict.fromkeys(TERMS, Term())


@dataclass(frozen=True, slots=True)
class Segmented:
    """The fitted terms in the unit of the series (slopes a step), and how well they fit.

    `covariance` (OLS) and `covariance_nw` are 4 × 4 in the order of TERMS; `residuals` belong to the points that
    are there.
    """

    n: int
    terms: Mapping[str, Term]
    r2: float | None = None
    durbin_watson: float | None = None
    df: int = 0
    covariance: Vector | None = None
    covariance_nw: Vector | None = None
    reason: Reason | None = None


def segmented(values: Sequence[float | None], first_post: int, lag: int | None = None) -> Segmented:
    """OLS of the values on t = 1…T, [t ≥ first_post] and (t − first_post)·[t ≥ first_post] (1-based).

    Newey–West errors with Bartlett weights 1 − l/(lag + 1), not prewhitened, no small-sample factor; without
    `lag` it is ⌊4(n/100)^(2/9)⌋ (Newey & West 1994). Missing points (None) are left out at their places. Fewer
    than two points on a side: TOO_FEW; four points leave no error and no P. A constant series: NO_SPREAD, with its
    terms. Wagner et al. 2002 (J. Clin. Pharm. Ther. 27:299); Newey & West 1987 (Econometrica 55:703).
    """
    known = [t for t, value in enumerate(values, start=1) if value is not None]
    after = sum(t >= first_post for t in known)
    if min(after, len(known) - after) < 2:
        return Segmented(len(known), NOTHING, reason=Reason.TOO_FEW if known else Reason.NO_ANSWERS)
    y = np.array([value for value in values if value is not None], dtype=float)
    return _fitted(design(known, first_post), y, lag)


def _fitted(x: Vector, y: Vector, lag: int | None) -> Segmented:
    inverse: Vector = np.linalg.pinv(x).astype(np.float64)  # exacter than (X'X)⁻¹X'
    beta = inverse @ y
    left, df = y - x @ beta, len(y) - 4
    if np.abs(left).max() <= 1e-11 * max(1.0, float(np.abs(y).max())):
        left = np.zeros_like(left)
    rss, total = float(left @ left), float(((y - y.mean()) ** 2).sum())
    lags = int(4 * (len(y) / 100) ** (2 / 9)) if lag is None else lag
    plain = np.asarray(inverse @ inverse.T * (rss / df)) if df > 0 else None
    robust = _newey_west((inverse * left).T, lags)
    constant = total <= 1e-22 * max(1.0, float(y @ y))
    return Segmented(
        len(y),
        {name: _term(beta, plain, robust, df, j) for j, name in enumerate(TERMS)},
        None if constant else 1 - rss / total,
        float((np.diff(left) ** 2).sum()) / rss if rss > 0 else None,
        df,
        plain,
        robust,
        Reason.NO_SPREAD if constant else None,
    )


def design(times: Sequence[int], first_post: int) -> Vector:
    """One line (1, t, after, t since the change) for each time; t and first_post are 1-based."""
    t = np.array(times, dtype=float)
    after = (t >= first_post).astype(float)
    return np.column_stack([np.ones_like(t), t, after, (t - first_post) * after])


def _newey_west(scores: Vector, lag: int) -> Vector:
    """The covariance from each point's part in the coefficients (n × 4)."""
    covariance = scores.T @ scores
    for back in range(1, min(lag, len(scores) - 1) + 1):
        cross = scores[back:].T @ scores[:-back]
        covariance = covariance + (1 - back / (lag + 1)) * (cross + cross.T)
    return np.asarray(covariance)


def _term(beta: Vector, plain: Vector | None, robust: Vector, df: int, j: int) -> Term:
    value, error = float(beta[j]), None if plain is None else float(plain[j, j]) ** 0.5
    p = student_p(value / error, df) if error else None
    return Term(value, error, p, max(0.0, float(robust[j, j])) ** 0.5)
