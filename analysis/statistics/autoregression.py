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
    both, gaps = np.column_stack([x, y]), np.diff(np.asarray(times, dtype=float))
    decay = RHOS[:, None] ** gaps
    scale = np.sqrt(1 - decay**2)
    white = (both[1:] - decay[..., None] * both[:-1]) / scale[..., None]
    white = np.concatenate([np.broadcast_to(both[:1], (len(RHOS), 1, both.shape[1])), white], axis=1)
    return _likeliest(white[..., :-1], white[..., -1:], np.log(scale).sum(axis=1))


def _likeliest(x: Vector, y: Vector, log_scale: Vector) -> Autoregression:
    """Of the fits to the whitened x (correlations × n × k) and y (correlations × n × 1)."""
    df = x.shape[1] - x.shape[2]
    turned = x.transpose(0, 2, 1)
    square = turned @ x
    inverse = np.linalg.inv(square)
    beta = inverse @ (turned @ y)
    rss = ((y - x @ beta) ** 2).sum(axis=(1, 2))
    likelihood = -log_scale - (np.linalg.slogdet(square)[1] + df * np.log(rss)) / 2
    best = int(np.argmax(likelihood))
    return Autoregression(beta[best, :, 0], inverse[best] * rss[best] / df, float(RHOS[best]))
