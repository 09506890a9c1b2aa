"""Whether a share rises or falls over groups that have an order (months, age groups)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.proportion import check_share
from analysis.statistics.tails import normal_p
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Trend:
    """z is above 0 when the share rises."""

    z: float | None
    chi2: float | None
    p: float | None
    reason: Reason | None = None


def cochran_armitage(x: Sequence[int], n: Sequence[int], scores: Sequence[float] | None = None) -> Trend:
    """x of n in each group; scores are 1, 2, 3 … where none are given.

    None when everybody or nobody is counted in x and when all persons have one score.
    Raises ValueError unless 0 <= x <= n and for different lengths. Armitage 1955 (Biometrics 11:375).
    """
    groups = list(zip(x, n, scores or range(1, len(n) + 1), strict=True))
    for yes, size, _ in groups:
        check_share(yes, size)
    total, satisfied = sum(n), sum(x)
    if total == 0:
        return Trend(None, None, None, Reason.NO_ANSWERS)
    share = satisfied / total
    centre = math.fsum(size * score for _, size, score in groups) / total
    spread = math.fsum(size * (score - centre) ** 2 for _, size, score in groups)
    if len({score for _, size, score in groups if size}) < 2:
        return Trend(None, None, None, Reason.ONE_GROUP)
    if satisfied in (0, total):
        return Trend(None, None, None, Reason.NO_SPREAD)
    rise = math.fsum((yes - size * share) * (score - centre) for yes, size, score in groups)
    z = rise / math.sqrt(share * (1 - share) * spread)
    return Trend(z, z * z, normal_p(z))
