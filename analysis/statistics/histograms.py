"""Checks of counts handed over as plain sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Histogram: TypeAlias = Sequence[int]
"""Counts of answers in the order of the scale."""


def check(histograms: Sequence[Histogram]) -> None:
    """Raise ValueError for histograms of different lengths and for negative counts."""
    if len({len(histogram) for histogram in histograms}) > 1:
        raise ValueError("the histograms are not on one scale")
    if any(count < 0 for histogram in histograms for count in histogram):
        raise ValueError("a count is negative")
