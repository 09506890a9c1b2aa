"""Rank tests of independent groups from histograms: for short scales, where ties are the rule."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from analysis.statistics.histograms import Histogram, check
from analysis.statistics.tails import chi_square_p, normal_p
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class MannWhitney:
    """Pairs of persons in which each group is higher (ties half), two-sided P, P(first > second), Cliff's delta."""

    u1: float | None
    u2: float | None
    p: float | None  # with continuity correction
    p_uncorrected: float | None
    auc: float | None
    cliffs_delta: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class KruskalWallis:
    """H with its degrees of freedom, P and the share of the ranks' variance between groups (epsilon²)."""

    h: float | None
    df: int | None
    p: float | None
    epsilon2: float | None
    reason: Reason | None = None


def mann_whitney(first: Histogram, second: Histogram) -> MannWhitney:
    """Whether the answers of the first group tend to be higher; both histograms in the order of the scale.

    Normal approximation with the variance corrected for ties. All answers equal: P = 1. An empty group: None.
    Raises ValueError for different lengths or negative counts.
    Mann & Whitney 1947 (Ann. Math. Stat. 18:50); Cliff 1993 (Psychol. Bull. 114:494).
    """
    check([first, second])
    n1, n2 = sum(first), sum(second)
    if not (n1 and n2):
        return MannWhitney(None, None, None, None, None, None, Reason.NO_ANSWERS)
    below = accumulate(second, initial=0)
    twice = sum(count * (2 * lower + same) for count, lower, same in zip(first, below, second, strict=False))
    variance = Fraction(n1 * n2 * _tie_room(first, second), 12 * (n1 + n2) * (n1 + n2 - 1))
    away, spread = abs(twice - n1 * n2) / 2, math.sqrt(variance)
    auc = twice / (2 * n1 * n2)
    return MannWhitney(
        u1=twice / 2,
        u2=n1 * n2 - twice / 2,
        p=normal_p(max(0.0, away - 0.5) / spread) if spread else 1.0,
        p_uncorrected=normal_p(away / spread) if spread else 1.0,
        auc=auc,
        cliffs_delta=(twice - n1 * n2) / (n1 * n2),
    )


def kruskal_wallis(groups: Sequence[Histogram]) -> KruskalWallis:
    """Whether the answers of any group tend to be higher or lower; histograms in the order of the scale.

    Corrected for ties. Groups without answers do not count; fewer than two others: None. All answers equal:
    P = 1 and no statistic. Raises ValueError for different lengths or negative counts.
    Kruskal & Wallis 1952 (J. Am. Stat. Assoc. 47:583).
    """
    check(groups)
    filled = [group for group in groups if sum(group)]
    if len(filled) < 2:
        return KruskalWallis(None, None, None, None, Reason.ONE_GROUP if filled else Reason.NO_ANSWERS)
    df, n, room = len(filled) - 1, sum(map(sum, filled)), _tie_room(*filled)
    if room == 0:
        return KruskalWallis(None, df, 1.0, None, Reason.NO_SPREAD)
    totals = [sum(column) for column in zip(*filled, strict=True)]
    ranks = [
        2 * below + total + 1 for below, total in zip(accumulate(totals, initial=0), totals, strict=False)
    ]
    spread = sum(Fraction(_excess(group, ranks, n) ** 2, sum(group)) for group in filled)
    h = float(3 * (n - 1) * spread / room)
    return KruskalWallis(h, df, chi_square_p(h, df), h / (n - 1))


def _excess(group: Histogram, doubled_ranks: Iterable[int], n: int) -> int:
    """Twice the sum of the group's ranks above what chance expects."""
    return sum(count * (rank - n - 1) for count, rank in zip(group, doubled_ranks, strict=True))


def _tie_room(*groups: Histogram) -> int:
    """n³ − n less the same of each tied value: 0 when all answers are equal."""
    totals: list[int] = [sum(column) for column in zip(*groups, strict=True)]
    n = sum(totals)
    return n * (n * n - 1) - sum(total * (total * total - 1) for total in totals)
