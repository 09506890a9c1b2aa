"""Shares and differences of shares: fractions 0…1, never percentages."""

from __future__ import annotations

import math

from scipy import special

from analysis.statistics.intervals import CONFIDENCE, Interval, square_and_add
from analysis.statistics.tails import normal_quantile, outside


def wilson(x: float, n: float, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of the share x/n without continuity correction; None for n = 0, never of zero width.

    Weighted answers count as n/deff, which need not be whole. Raises ValueError unless 0 <= x <= n. Wilson 1927 (J. Am. Stat. Assoc. 22:209).
    """
    check_share(x, n)
    if n == 0:
        return None
    z = normal_quantile(confidence)
    share, square = x / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if x == 0 else max(0.0, centre - half)
    return low, 1.0 if x == n else min(1.0, centre + half)


def clopper_pearson(x: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Exact interval of the share x/n, from the beta distribution; None for n = 0, 0 or 1 at the ends.

    Raises ValueError unless 0 <= x <= n. Clopper & Pearson 1934 (Biometrika 26:404).
    """
    check_share(x, n)
    if n == 0:
        return None
    tail = outside(confidence) / 2
    low = float(special.betaincinv(x, n - x + 1, tail)) if x else 0.0
    return low, float(special.betainccinv(x + 1, n - x, tail)) if x < n else 1.0


def agresti_coull(x: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Wald's interval after adding z²/2 to both sides, clipped to 0…1; None for n = 0.

    Raises ValueError unless 0 <= x <= n. Agresti & Coull 1998 (Am. Stat. 52:119).
    """
    check_share(x, n)
    if n == 0:
        return None
    z = normal_quantile(confidence)
    wider = n + z * z
    centre = (x + z * z / 2) / wider
    half = z * math.sqrt(centre * (1 - centre) / wider)
    return max(0.0, centre - half), min(1.0, centre + half)


def check_share(x: float, n: float) -> None:
    """Raise ValueError unless 0 <= x <= n."""
    if not 0 <= x <= n:
        raise ValueError(f"x must lie between 0 and n, not {x} of {n}")


def newcombe(x1: int, n1: int, x2: int, n2: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of x1/n1 − x2/n2 from two Wilson intervals; None when either n is 0.

    Newcombe 1998 (Stat. Med. 17:873), method 10.
    """
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    if first is None or second is None:
        return None
    return square_and_add((x1 / n1, *first), (x2 / n2, *second))
