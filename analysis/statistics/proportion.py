"""Shares and differences of shares: fractions 0…1, never percentages."""

from __future__ import annotations

import math

from analysis.statistics.intervals import CONFIDENCE, Interval, square_and_add
from analysis.statistics.tails import normal_p, normal_quantile


def wilson(x: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of the share x/n without continuity correction; None for n = 0, never of zero width.

    Raises ValueError unless 0 <= x <= n. Wilson 1927 (J. Am. Stat. Assoc. 22:209).
    """
    if not 0 <= x <= n:
        raise ValueError(f"x must lie between 0 and n, not {x} of {n}")
    if n == 0:
        return None
    z = normal_quantile(confidence)
    share, square = x / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if x == 0 else max(0.0, centre - half)
    return low, 1.0 if x == n else min(1.0, centre + half)


def newcombe(x1: int, n1: int, x2: int, n2: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of x1/n1 − x2/n2 from two Wilson intervals; None when either n is 0.

    Newcombe 1998 (Stat. Med. 17:873), method 10.
    """
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    if first is None or second is None:
        return None
    return square_and_add((x1 / n1, *first), (x2 / n2, *second))


def chi_square_p(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """P of Pearson's plain chi-square test of two shares.

    None where an expected count is below 5 (the approximation fails) or everybody answered alike.
    """
    n, x = n1 + n2, x1 + x2
    if n == 0 or min(n1, n2) * min(x, n - x) < 5 * n:
        return None
    pooled = x / n
    error = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return normal_p((x1 / n1 - x2 / n2) / error)
