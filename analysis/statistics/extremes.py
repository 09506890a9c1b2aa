"""Whether the best and the worst of many differ by more than picking the extremes explains."""

from __future__ import annotations

import math

from analysis.statistics.change import triple
from analysis.statistics.tails import normal_quantile
from analysis.types import Estimate


def apart(highest: Estimate, lowest: Estimate, groups: int) -> bool:
    """Whether highest − lowest excludes 0 after allowing for all the pairs among `groups` groups.

    The interval of the difference (squared and added) is widened from its own level to Bonferroni's over
    groups·(groups − 1)/2 pairs: of forty equal wards the extremes nearly always look different.
    False where an interval is missing. Raises ValueError below two groups.
    """
    if groups < 2:
        raise ValueError("extremes need at least two groups")
    first, second = triple(highest), triple(lowest)
    if first is None or second is None:
        return False
    (value1, low1, _), (value2, _, high2) = first, second
    pairs = groups * (groups - 1) / 2
    widened = normal_quantile(1 - (1 - highest.confidence) / pairs) / normal_quantile(highest.confidence)
    return value1 - value2 > widened * math.hypot(value1 - low1, high2 - value2)
