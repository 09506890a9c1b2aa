"""How many scores lie in each of some bands, such as below 70, 70 to below 90, 90 and above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Bands:
    """Counts and percent of each band, the lowest first; percent are None without scores."""

    counts: tuple[int, ...]
    percents: tuple[float | None, ...]
    reason: Reason | None = None


def bands(scores: Mapping[float, int], cuts: Sequence[float]) -> Bands:
    """Counted scores in the bands (−∞, cut₁), [cut₁, cut₂), … [cutₖ, ∞); scores are not rounded before.

    Raises ValueError unless the cuts rise and for negative counts.
    """
    if any(low >= high for low, high in zip(cuts, cuts[1:], strict=False)):
        raise ValueError("the cuts must rise")
    counts = [0] * (len(cuts) + 1)
    for score, count in scores.items():
        if count < 0:
            raise ValueError("a count is negative")
        counts[bisect_right(cuts, score)] += count
    n = sum(counts)
    percents = tuple(100 * count / n if n else None for count in counts)
    return Bands(tuple(counts), percents, None if n else Reason.NO_ANSWERS)
