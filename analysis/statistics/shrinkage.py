"""Empirical Bayes: estimates of small units pulled towards the average, by as much as chance explains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, expit, psi

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import normal_quantile, outside
from analysis.types import Reason

MOST_ALIKE = 1e6
"""a + b from which units are held not to differ at all."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShrunkenMeans:
    """`mu` and the variance `tau2` of the units' true means; by unit: how much of its own figure counts
    (`reliability`, 0…1), the estimate and its interval."""

    mu: float | None
    tau2: float | None
    q: float | None
    reliability: tuple[float | None, ...]
    estimate: tuple[float | None, ...]
    intervals: tuple[Interval | None, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ShrunkenShares:
    """The Beta(a, b) of the units' true shares; a and b are None where the units do not differ beyond chance."""

    a: float | None
    b: float | None
    mu: float | None
    estimate: tuple[float | None, ...]
    intervals: tuple[Interval | None, ...]
    reason: Reason | None = None


def shrunken_means(
    means: Sequence[float], errors: Sequence[float], confidence: float = CONFIDENCE
) -> ShrunkenMeans:
    """Estimates B·y + (1 − B)·mu with B = tau2/(tau2 + se²), tau2 by DerSimonian & Laird, in the means' unit.

    Intervals are the normal posterior's, widened for the error of mu. One unit keeps its own figure, with
    ONE_GROUP; no units: NO_ANSWERS; an error of 0, which has no weight, for any: NO_SPREAD (give such a unit
    the pooled deviation over √n). Raises ValueError for negative errors or lengths that differ. Efron & Morris
    1975 (J. Am. Stat. Assoc. 70:311); DerSimonian & Laird 1986 (Control. Clin. Trials 7:177).
    """
    pairs = list(zip(means, errors, strict=True))
    if any(error < 0 for error in errors):
        raise ValueError("errors must not be negative")
    if min(errors, default=0) == 0:
        none = (None,) * len(pairs)
        why = Reason.NO_SPREAD if pairs else Reason.NO_ANSWERS
        return ShrunkenMeans(None, None, None, none, none, none, why)
    tau2, q = _between(means, [error**-2 for error in errors])
    weights = [1 / (tau2 + error**2) for error in errors]
    total = math.fsum(weights)
    mu = math.fsum(w * y for w, y in zip(weights, means, strict=True)) / total
    own = [tau2 / (tau2 + error**2) for error in errors]
    estimates = [b * y + (1 - b) * mu for b, y in zip(own, means, strict=True)]
    ends = tuple(
        _reached(estimate, b * error**2 + (1 - b) ** 2 / total, confidence)
        for estimate, b, error in zip(estimates, own, errors, strict=True)
    )
    reason = Reason.ONE_GROUP if len(pairs) == 1 else None
    return ShrunkenMeans(mu, tau2, q, tuple(own), tuple(estimates), ends, reason)


def shrunken_shares(x: Sequence[int], n: Sequence[int], confidence: float = CONFIDENCE) -> ShrunkenShares:
    """Estimates (x + a)/(n + a + b), 0…1, with the beta prior of greatest likelihood and posterior intervals.

    A unit without answers gets the prior's mean. Where the likelihood grows without end the units do not
    differ beyond chance: all get the pooled share and NO_SPREAD, a single unit its own share and ONE_GROUP, both
    without intervals. No answers: NO_ANSWERS. ValueError unless 0 ≤ x ≤ n. Casella 1985 (Am. Stat. 39:83).
    """
    pairs = list(zip(x, n, strict=True))
    if any(not 0 <= hits <= whole for hits, whole in pairs):
        raise ValueError("0 <= x <= n is needed for each unit")
    none, tail = (None,) * len(pairs), outside(confidence) / 2
    answered = [pair for pair in pairs if pair[1]]
    if not answered:
        return ShrunkenShares(None, None, None, none, none, Reason.NO_ANSWERS)
    prior = _beta_prior(answered) if len(answered) > 1 else None
    if prior is None:
        mu = sum(x) / sum(n)
        why = Reason.NO_SPREAD if len(answered) > 1 else Reason.ONE_GROUP
        return ShrunkenShares(None, None, mu, (mu,) * len(pairs), none, why)
    a, b = prior
    hits, wholes = np.array(x, dtype=float), np.array(n, dtype=float)
    ends = [betaincinv(hits + a, wholes - hits + b, end) for end in (tail, 1 - tail)]
    return ShrunkenShares(
        a,
        b,
        a / (a + b),
        tuple(((hits + a) / (wholes + a + b)).tolist()),
        tuple(zip(*(end.tolist() for end in ends), strict=True)),
    )


def _reached(estimate: float, variance: float, confidence: float) -> Interval:
    half = normal_quantile(confidence) * math.sqrt(variance)
    return estimate - half, estimate + half


def _between(means: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """tau2 and Q of DerSimonian & Laird; the weights are inverse variances."""
    total = math.fsum(weights)
    pooled = math.fsum(w * y for w, y in zip(weights, means, strict=True)) / total
    q = math.fsum(w * (y - pooled) ** 2 for w, y in zip(weights, means, strict=True))
    room = total - math.fsum(w * w for w in weights) / total
    return max(0.0, (q - (len(means) - 1)) / room) if len(means) > 1 else 0.0, q


def _beta_prior(pairs: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    """The a and b of greatest likelihood; None where it only grows as a + b does."""
    hits, wholes = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    mu = hits.sum() / wholes.sum()
    if mu in (0, 1):
        return None
    found = scipy.optimize.minimize(
        _unlikely,
        [math.log(mu / (1 - mu)), math.log(10)],
        args=(hits, wholes),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-30, 30), (math.log(1e-3), math.log(MOST_ALIKE))],
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    mu, size = float(expit(found.x[0])), math.exp(found.x[1])
    return (mu * size, (1 - mu) * size) if size < 0.99 * MOST_ALIKE else None


def _unlikely(at: Vector, hits: Vector, wholes: Vector) -> tuple[float, Vector]:
    """Minus the log likelihood and its slope at (logit of the mean, log of a + b)."""
    mu, size = expit(at[0]), np.exp(at[1])
    a, b = mu * size, (1 - mu) * size
    value = (betaln(hits + a, wholes - hits + b) - betaln(a, b)).sum()
    common = psi(size) - psi(wholes + size)
    by_a = (psi(hits + a) - psi(a) + common).sum()
    by_b = (psi(wholes - hits + b) - psi(b) + common).sum()
    slope = np.array([(by_a - by_b) * mu * (1 - mu) * size, by_a * a + by_b * b])
    return -float(value), -slope
