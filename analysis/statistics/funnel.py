"""Funnel limits: what chance, and normal variety between units, explain at each unit's size."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrik

from analysis.statistics.tails import normal_p, normal_quantile
from analysis.types import Reason

LEVELS = (0.95, 0.998)
WINSOR = 0.1

Ends = tuple[float, float]
Level = Mapping[float, tuple[Ends | None, ...]]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Shares of units around their pooled share `theta0` (0…1), by unit; None for units without answers.

    `phi` is the variation in units of chance, `tau2` the variance between units that chance leaves; `exact`,
    `multiplicative` (by phi_applied) and `additive` (by tau2) are the limits at each level, cut to 0…1.
    `flags` say below (−1), within (0), above (1) the additive limits, `p` how often chance and normal variety
    put a unit so far out. Of means (see `mean_funnel`) theta0 and the limits are in the unit of the numbers, within
    `bounds`; `variance` is that of one answer.
    """

    theta0: float | None
    z: tuple[float | None, ...]
    phi: float | None = None
    tau2: float | None = None
    phi_applied: float | None = None
    exact: Level | None = None
    multiplicative: Level | None = None
    additive: Level | None = None
    flags: Mapping[float, tuple[int | None, ...]] | None = None
    p: tuple[float | None, ...] = ()
    reason: Reason | None = None
    variance: float | None = None
    bounds: Ends = (0.0, 1.0)

    def limits(self, n: int, level: float) -> Ends | None:
        """The additive limits at n answers, for drawing the funnel; None without a funnel or answers."""
        if self.theta0 is None or self.tau2 is None or self.variance is None or n < 1:
            return None
        return around(self.theta0, math.sqrt(self.variance / n + self.tau2), level, self.bounds)


def funnel(x: Sequence[int], n: Sequence[int]) -> Funnel:
    """Funnel of the shares x/n at 95 and 99.8 %, with over-dispersion in both of its forms.

    phi = mean of z² winsorised at the 10 and 90 % quantiles (type 7), applied only above 1 + 2√(2/I);
    tau2 = max(0, (I·phi − (I − 1))/(Σw − Σw²/Σw)). Exact limits interpolate the binomial. No answers: NO_ANSWERS;
    everybody or nobody counts: NO_SPREAD. One unit has limits, and says ONE_GROUP. Raises ValueError unless
    0 ≤ x ≤ n. Spiegelhalter 2005 (Stat. Med. 24:1185); Spiegelhalter et al. 2012 (J. R. Stat. Soc. A 175:1).
    """
    pairs = list(zip(x, n, strict=True))
    if any(not 0 <= hits <= whole for hits, whole in pairs):
        raise ValueError("0 <= x <= n is needed for each unit")
    none = (None,) * len(pairs)
    if not sum(n):
        return Funnel(None, none, p=none, reason=Reason.NO_ANSWERS)
    theta = sum(x) / sum(n)
    if theta in (0, 1):
        return Funnel(theta, none, p=none, reason=Reason.NO_SPREAD)
    z = [
        (hits / whole - theta) / math.sqrt(_variance(theta, whole)) if whole else None
        for hits, whole in pairs
    ]
    weights = [1 / _variance(theta, whole) for whole in n if whole]
    phi, tau2, applied = dispersion([one for one in z if one is not None], weights)
    return _drawn(pairs, theta, tuple(z), phi, tau2, applied)


def _drawn(
    pairs: Sequence[tuple[int, int]],
    theta: float,
    z: tuple[float | None, ...],
    phi: float,
    tau2: float,
    applied: float,
) -> Funnel:
    chance = [math.sqrt(_variance(theta, whole)) if whole else None for _, whole in pairs]
    wide = [None if s is None else math.hypot(s, math.sqrt(tau2)) for s in chance]
    wider = [None if s is None else s * math.sqrt(applied) for s in chance]
    additive = _levels(theta, wide)
    away = [hits / whole - theta if whole else 0.0 for hits, whole in pairs]
    outside = [normal_p(d / s) if s else None for d, s in zip(away, wide, strict=True)]
    return Funnel(
        theta,
        z,
        phi,
        tau2,
        applied,
        _exact(theta, [whole for _, whole in pairs]),
        _levels(theta, wider),
        additive,
        {level: tuple(map(_flag, pairs, ends)) for level, ends in additive.items()},
        tuple(outside),
        Reason.ONE_GROUP if len(pairs) - chance.count(None) == 1 else None,
        theta * (1 - theta),
    )


def _levels(theta: float, deviations: Sequence[float | None]) -> Level:
    """Limits at each level for units of these standard deviations."""
    return {
        level: tuple(None if s is None else around(theta, s, level) for s in deviations) for level in LEVELS
    }


def dispersion(z: Sequence[float], weights: Sequence[float]) -> tuple[float, float, float]:
    """phi, tau2, and phi where it is beyond chance, else 1; the weights are inverse variances of chance."""
    units = len(z)
    phi = float((np.clip(z, *np.quantile(z, (WINSOR, 1 - WINSOR))) ** 2).mean())
    room = math.fsum(weights) - math.fsum(w * w for w in weights) / math.fsum(weights)
    tau2 = max(0.0, (units * phi - (units - 1)) / room) if units > 1 else 0.0
    return phi, tau2, phi if phi > 1 + 2 * math.sqrt(2 / units) else 1.0


def _variance(theta: float, n: int) -> float:
    return theta * (1 - theta) / n


def around(theta: float, s: float, level: float, bounds: Ends = (0.0, 1.0)) -> Ends:
    """The limits at so many standard deviations as the level asks, cut to the bounds."""
    reach = normal_quantile(level) * s
    return max(bounds[0], theta - reach), min(bounds[1], theta + reach)


def _exact(theta: float, sizes: Sequence[int]) -> Level:
    """Binomial limits at each level; units of one size share them."""
    found: dict[float, tuple[Ends | None, ...]] = {}
    for level in LEVELS:
        ends: dict[int, Ends | None] = {0: None}
        for n in set(sizes) - {0}:
            low, high = (_quantile((1 + side * level) / 2, theta, n) / n for side in (-1, 1))
            ends[n] = max(0.0, low), min(1.0, max(0.0, high))
        found[level] = tuple(ends[n] for n in sizes)
    return found


def _quantile(q: float, theta: float, n: int) -> float:
    """The binomial quantile r, drawn back by how far F(r) overshoots q."""
    r = min(n, max(0, math.ceil(float(bdtrik(q, n, theta)))))
    while r > 0 and bdtr(r - 1, n, theta) >= q:
        r -= 1
    while r < n and bdtr(r, n, theta) < q:
        r += 1
    reached, before = float(bdtr(r, n, theta)), float(bdtr(r - 1, n, theta)) if r else 0.0
    return r - (reached - q) / (reached - before)


def _flag(pair: tuple[int, int], ends: Ends | None) -> int | None:
    if ends is None:
        return None
    share = pair[0] / pair[1]
    return -1 if share < ends[0] else 1 if share > ends[1] else 0
