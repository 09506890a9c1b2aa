"""Quantiles and tail probabilities as plain floats, from scipy.special."""

from __future__ import annotations

import math

from scipy import special


def normal_quantile(confidence: float) -> float:
    """Half-width of a two-sided interval in standard errors: 0.95 -> 1.96.

    Raises ValueError unless 0 < confidence < 1.
    """
    return -float(special.ndtri(outside(confidence) / 2))


def normal_p(z: float) -> float:
    """Two-sided P of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2))


def student_p(t: float, df: float) -> float:
    """Two-sided P of a t statistic with df > 0 degrees of freedom, which need not be whole.

    P = I_x(df/2, 1/2) with x = df/(df + t²) (DLMF 8.17; Abramowitz & Stegun 26.7.1). ValueError for df <= 0.
    """
    if df <= 0:
        raise ValueError(f"degrees of freedom must be positive, not {df!r}")
    square = t * t
    if square < df:  # x near 1 would lose what t² says
        return float(special.betaincc(0.5, df / 2, square / (df + square)))
    return float(special.betainc(df / 2, 0.5, df / (df + square)))


def student_quantile(confidence: float, df: float) -> float:
    """Half-width of a two-sided t interval in standard errors: (0.95, 10) -> 2.228.

    Raises ValueError unless 0 < confidence < 1 and df > 0.
    """
    if df <= 0:
        raise ValueError(f"degrees of freedom must be positive, not {df!r}")
    return -float(special.stdtrit(df, outside(confidence) / 2))


def chi_square_p(square: float, df: float = 1) -> float:
    """P of a chi-square statistic: the tail above it."""
    return float(special.chdtrc(df, square))


def f_p(f: float, df1: float, df2: float) -> float:
    """P of an F statistic: the tail above it."""
    return float(special.fdtrc(df1, df2, f))


def outside(confidence: float) -> float:
    """What a two-sided interval leaves out: 0.95 -> 0.05. ValueError unless 0 < confidence < 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence!r}")
    return 1 - confidence
