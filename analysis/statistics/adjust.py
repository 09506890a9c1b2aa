"""P values adjusted for how many comparisons were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

Adjusted = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class AdjustedP:
    """In the order given; None stays None. Holm for reports with consequences, BH for screening."""

    holm: Adjusted
    bh: Adjusted  # Benjamini & Hochberg
    by: Adjusted  # Benjamini & Yekutieli


def adjust(p: Sequence[float | None]) -> AdjustedP:
    """Adjusted two-sided P values; None (suppressed, not computable) does not count among the comparisons.

    Raises ValueError for a P outside 0…1. Holm 1979 (Scand. J. Stat. 6:65); Benjamini & Hochberg 1995
    (J. R. Stat. Soc. B 57:289); Benjamini & Yekutieli 2001 (Ann. Stat. 29:1165).
    """
    given = sorted((value, place) for place, value in enumerate(p) if value is not None)
    if any(not 0 <= value <= 1 for value, _ in given):
        raise ValueError("a P value must lie between 0 and 1")
    m = len(given)
    harmonic = sum(1 / rank for rank in range(1, m + 1))
    steps = [value * (m - rank) for rank, (value, _) in enumerate(given)]
    false_rates = [value * m / (rank + 1) for rank, (value, _) in enumerate(given)]
    largest = list(accumulate(steps, max))
    smallest = list(accumulate(reversed(false_rates), min))[::-1]
    wider = list(accumulate((rate * harmonic for rate in reversed(false_rates)), min))[::-1]
    places = [place for _, place in given]
    return AdjustedP(*(_in_order(values, places, len(p)) for values in (largest, smallest, wider)))


def _in_order(values: Sequence[float], places: Sequence[int], length: int) -> Adjusted:
    found = dict(zip(places, values, strict=True))
    return tuple(min(1.0, found[place]) if place in found else None for place in range(length))
