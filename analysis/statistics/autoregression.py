"""Regression of a series whose neighbours resemble each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

RHOS = np.linspace(0.0, 0.95, 96)
"""Correlations of neighbours that are tried. None below 0: short series would find them by chance."""


@dataclass(frozen=True, slots=True)
class Autoregression:
    """Coefficients, their covariance (divisor n − columns) and the correlation of neighbouring errors."""

    beta: Vector
    covariance: Vector
    rho: float


def reml(x: Vector, y: Vector, times: Sequence[int]) -> Autoregression:
    """Generalised least squares of y (n) on x (n × k), errors correlated by rho to the power of their distance.

    rho maximises the restricted likelihood on a grid of hundredths from 0 to .95; `times` are rising and may have
    gaps. x must have full rank, n > k, and y must not lie exactly on a line. Patterson & Thompson 1971 (Biometrika
    58:545); Turner et al. 2021 (BMC Med. Res. Methodol. 21:181).
    """
    gaps = np.diff(np.asarray(times, dtype=float))
    fits = [_fitted(x, y, gaps, float(rho)) for rho in RHOS]
    return max(fits, key=lambda fit: fit[0])[1]


def _fitted(x: Vector, y: Vector, gaps: Vector, rho: float) -> tuple[float, Autoregression]:
    """The restricted log likelihood at rho, and its fit."""
    both, decay = np.column_stack([x, y]), rho**gaps
    scale = np.sqrt(1 - decay**2)
    white = np.vstack([both[:1], (both[1:] - decay[:, None] * both[:-1]) / scale[:, None]])
    x, y, df = white[:, :-1], white[:, -1], len(y) - x.shape[1]
    square = x.T @ x
    inverse = np.linalg.inv(square)
    beta = inverse @ (x.T @ y)
    rss = float(((y - x @ beta) ** 2).sum())
    likelihood = -np.log(scale).sum() - (np.linalg.slogdet(square)[1] + df * np.log(rss)) / 2
    return float(likelihood), Autoregression(beta, inverse * rss / df, rho)
