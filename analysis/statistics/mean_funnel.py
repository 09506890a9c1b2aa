"""The funnel of means: of scores, of net scores as means of −100, 0 and 100."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.statistics.funnel import LEVELS, Funnel, around, dispersion
from analysis.statistics.tails import normal_p
from analysis.statistics.unit_reliability import unit_reliability
from analysis.types import Reason


def mean_funnel(units: Sequence[Sequence[int]], numbers: Sequence[float]) -> Funnel:
    """Funnel of the units' means around that of all answers, from counts of each number, one line a unit.

    Chance is the pooled variance within units over n; phi, tau2 and additive limits as `funnel`; no exact limits.
    No answers: NO_ANSWERS; fewer than two units: ONE_GROUP; no spread within units: NO_SPREAD; one answer each:
    TOO_FEW. Errors as `unit_reliability`. Spiegelhalter 2005 (Stat. Med. 24:1185), the normal case.
    """
    spread = unit_reliability(units, numbers)
    sizes, none = [sum(unit) for unit in units], (None,) * len(units)
    variance = spread.var_within
    if not variance:
        return Funnel(None, none, p=none, reason=spread.reason or Reason.NO_SPREAD)
    sums = [math.fsum(c * x for c, x in zip(unit, numbers, strict=True)) for unit in units]
    theta = math.fsum(sums) / sum(sizes)
    away = [s / n - theta if n else None for s, n in zip(sums, sizes, strict=True)]
    z = tuple(None if d is None else d / math.sqrt(variance / n) for d, n in zip(away, sizes, strict=True))
    phi, tau2, applied = dispersion([one for one in z if one is not None], [n / variance for n in sizes if n])
    wide = [math.sqrt(variance / n + tau2) if n else None for n in sizes]
    bounds = (float(min(numbers)), float(max(numbers)))
    additive = {
        level: tuple(None if s is None else around(theta, s, level, bounds) for s in wide) for level in LEVELS
    }
    p = tuple(normal_p(d / s) if d is not None and s else None for d, s in zip(away, wide, strict=True))
    return Funnel(theta, z, phi, tau2, applied, additive=additive, p=p, variance=variance, bounds=bounds)
