"""McDonald's omega from a one-factor model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from analysis.statistics.sums import Sums
from analysis.types import Reason

LEAST = 0.005
"""Smallest uniqueness of an item, as in R's factanal: keeps a loading below 1 (Heywood cases)."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Omega:
    """Loadings of the standardised items (their sum is positive) and the composite's omega total."""

    n: int
    loadings: tuple[float | None, ...]
    omega: float | None
    reason: Reason | None = None


def omega_total(sums: Sums) -> Omega:
    """(Σl)²/((Σl)² + Σu) with loadings l and uniquenesses u of the one-factor maximum-likelihood solution.

    On the correlations of the items of `sums` over the persons complete in all. Below three items the model is
    not identified: NOT_APPLICABLE; below two persons: TOO_FEW; a constant item: NO_SPREAD; items that determine
    each other: NOT_CONVERGED. McDonald 1999; Lawley & Maxwell 1971 (the likelihood).
    """
    covariances = sums.covariances()
    if sums.k < 3 or covariances is None:
        reason = Reason.NOT_APPLICABLE if sums.k < 3 else Reason.TOO_FEW if sums.n else Reason.NO_ANSWERS
        return _nothing(sums, reason)
    deviations = np.sqrt(np.diag(covariances))
    if not deviations.all():
        return _nothing(sums, Reason.NO_SPREAD)
    correlations = covariances / np.outer(deviations, deviations)
    if np.linalg.eigvalsh(correlations)[0] < 1e-9:
        return _nothing(sums, Reason.NOT_CONVERGED)
    unique = _uniquenesses(correlations)
    loadings = _loadings(unique, correlations)
    common = float(loadings.sum()) ** 2
    return Omega(sums.n, tuple(loadings.tolist()), common / (common + float(unique.sum())))


def _uniquenesses(correlations: Vector) -> Vector:
    """Those of greatest likelihood, from the same start as factanal."""
    k = len(correlations)
    found = scipy.optimize.minimize(
        _misfit,
        np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(correlations)), LEAST, 1),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    return np.asarray(found.x)


def _misfit(unique: Vector, correlations: Vector) -> tuple[float, Vector]:
    """Minus the concentrated log likelihood (up to constants) and its slope, at these uniquenesses."""
    scale = 1 / np.sqrt(unique)
    values = np.linalg.eigvalsh(correlations * np.outer(scale, scale))[:-1]
    loadings = _loadings(unique, correlations)
    left = np.outer(loadings, loadings) + np.diag(unique) - correlations
    return float((values - np.log(values) - 1).sum()), np.diag(left) / unique**2


def _loadings(unique: Vector, correlations: Vector) -> Vector:
    scale = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(scale, scale))
    loadings = vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0)) * scale
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings)


def _nothing(sums: Sums, reason: Reason) -> Omega:
    return Omega(sums.n, (None,) * sums.k, None, reason)
