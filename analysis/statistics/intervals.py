"""What all intervals share."""

from __future__ import annotations

import math

CONFIDENCE = 0.95
"""Two-sided level used everywhere unless a caller says otherwise."""

Interval = tuple[float, float]


def scaled(interval: Interval, factor: float) -> Interval:
    """Both ends times `factor`, e.g. a share as percent."""
    return interval[0] * factor, interval[1] * factor


def square_and_add(first: tuple[float, float, float], second: tuple[float, float, float]) -> Interval:
    """Interval of first − second, each given as (value, low, high) of independent samples.

    With Wilson intervals this is Newcombe's method 10; in general Zou & Donner 2008 (Stat. Med. 27:1693).
    """
    (value1, low1, high1), (value2, low2, high2) = first, second
    difference = value1 - value2
    return (
        difference - math.hypot(value1 - low1, high2 - value2),
        difference + math.hypot(high1 - value1, value2 - low2),
    )
