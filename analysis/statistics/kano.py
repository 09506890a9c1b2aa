"""Kano's classes from pairs of answers: how one feels with a feature, and how without it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.statistics.intervals import Interval
from analysis.statistics.proportion import wilson
from analysis.types import Reason

TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""Row: with the feature, column: without it; like, must-be, neutral, live with, dislike."""

ORDER = "MOAIRQ"  # earlier wins a tie


@dataclass(frozen=True, slots=True)
class Kano:
    """Must-be, one-dimensional (O), attractive, indifferent, reverse, questionable: counts and what they say.

    `better` (0…1) and `worse` (−1…0) are how far the feature can please and its lack displease, with intervals;
    the strengths are percent of all pairs.
    """

    counts: Mapping[str, int]
    n: int
    category: str | None = None
    better: float | None = None
    worse: float | None = None
    better_interval: Interval | None = None
    worse_interval: Interval | None = None
    total_strength: float | None = None
    category_strength: float | None = None
    fong_significant: bool | None = None
    reason: Reason | None = None


def kano(pairs: Sequence[Sequence[int]]) -> Kano:
    """Classes of one feature from 5 × 5 counts `pairs[with][without]`, each from like to dislike.

    The class is the most frequent one, ties by M > O > A > I > R > Q; Better = (A+O)/(A+O+M+I) and
    Worse = −(O+M)/(A+O+M+I) have Wilson's intervals and are None where nobody is in these classes. Without pairs:
    NO_ANSWERS. Raises ValueError unless there are 25 counts of 0 or more. Kano et al. 1984; Berger et al. 1993
    (Center for Quality Mgmt J. 2(4):3); Fong 1996 (ibid. 5(3):23); Lee & Newcomb 1997.
    """
    counts = _tally(pairs)
    n = sum(counts.values())
    if n == 0:
        return Kano(counts, 0, reason=Reason.NO_ANSWERS)
    first, second = sorted(counts.values(), reverse=True)[:2]
    please, displease = counts["A"] + counts["O"], counts["O"] + counts["M"]
    base = please + counts["M"] + counts["I"]
    ends = wilson(displease, base)
    return Kano(
        counts,
        n,
        max(ORDER, key=lambda name: counts[name]),
        please / base if base else None,
        -displease / base if base else None,
        wilson(please, base),
        (-ends[1], -ends[0]) if ends else None,
        100 * (counts["M"] + counts["O"] + counts["A"]) / n,
        100 * (first - second) / n,
        first - second >= _chance(first + second, n),
    )


def _tally(pairs: Sequence[Sequence[int]]) -> dict[str, int]:
    if [len(row) for row in pairs] != [5] * 5 or any(count < 0 for row in pairs for count in row):
        raise ValueError("5 × 5 counts of 0 or more are needed")
    counts = dict.fromkeys(ORDER, 0)
    for row, classes in zip(pairs, TABLE, strict=True):
        for count, name in zip(row, classes, strict=True):
            counts[name] += count
    return counts


def _chance(both: int, n: int) -> float:
    """Fong's 90 % limit for the difference of two counts that are `both` together."""
    return 1.65 * math.sqrt(both * (2 * n - both) / (2 * n))
