"""Sizes of the difference of two means in standard deviations."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from analysis.statistics.moments import Moments
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class MeanEffect:
    """Cohen's d and Hedges' g by the pooled standard deviation, Glass' delta by that of the second group."""

    cohens_d: float | None
    hedges_g: float | None
    glass_delta: float | None
    reason: Reason | None = None


def mean_effect(first: Moments | None, second: Moments | None) -> MeanEffect:
    """first − second; what needs a spread that is missing or 0 is None.

    Hedges & Olkin 1985 (Statistical Methods for Meta-Analysis), g with the exact gamma correction.
    """
    if first is None or second is None:
        return MeanEffect(None, None, None, Reason.NO_ANSWERS)
    difference, pooled = first.mean - second.mean, pooled_variance(first, second)
    if pooled is None:
        return MeanEffect(None, None, None, Reason.TOO_FEW)
    d = difference / math.sqrt(pooled) if pooled else None
    correction = small_sample(first.n + second.n - 2)
    return MeanEffect(
        cohens_d=d,
        hedges_g=None if d is None or correction is None else d * correction,
        glass_delta=difference / second.sd if second.sd else None,
        reason=None if pooled else Reason.NO_SPREAD,
    )


def pooled_variance(first: Moments, second: Moments) -> float | None:
    """Variance of two groups about their own means, divisor n₁ + n₂ − 2; None below three persons."""
    df = first.n + second.n - 2
    squares = ((first.n - 1) * (first.variance or 0.0), (second.n - 1) * (second.variance or 0.0))
    return sum(squares) / df if df > 0 else None


def small_sample(df: int) -> float | None:
    """Hedges' correction Γ(df/2) / (√(df/2) Γ((df − 1)/2)); None below two degrees of freedom.

    Hedges 1981 (J. Educ. Stat. 6:107).
    """
    return float(special.poch((df - 1) / 2, 0.5)) / math.sqrt(df / 2) if df > 1 else None
