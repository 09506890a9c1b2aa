"""Charts with a memory, for small shifts that last: EWMA and CUSUM."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import count

from analysis.statistics.control_charts.limits import xmr
from analysis.statistics.control_charts.rules import SLACK, Series
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Ewma:
    """Weighted averages with exact limits; None at missing points. `first_signal` is the first outside."""

    z: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    first_signal: int | None = None
    signals: tuple[int, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Cusum:
    """Cumulative sums in standard deviations; None at missing points. `direction` is "up" or "down"."""

    c_plus: tuple[float | None, ...]
    c_minus: tuple[float | None, ...]
    first_signal: int | None = None
    direction: str | None = None
    reason: Reason | None = None


def ewma(
    values: Series,
    mu0: float | None = None,
    sigma: float | None = None,
    lam: float = 0.2,
    width: float = 2.7,
) -> Ewma:
    """z_i = lam·x_i + (1 − lam)·z_(i−1) from mu0, limits mu0 ± width·sigma·sqrt(lam/(2−lam)(1−(1−lam)^2i)).

    In the unit of the values; mu0 and sigma that are not given are those of the series' XmR chart (one point:
    TOO_FEW). A missing point (None) neither moves the average nor widens the limits. Without spread (sigma 0) the limits lie on mu0. No points: NO_ANSWERS. Raises ValueError unless
    0 < lam ≤ 1 and sigma ≥ 0. Roberts 1959; Lucas & Saccucci 1990 (Technometrics 32:1).
    """
    if not 0 < lam <= 1:
        raise ValueError("lam must lie in (0, 1]")
    mu0, sigma, reason = _target(values, mu0, sigma)
    if mu0 is None or sigma is None:
        none = (None,) * len(values)
        return Ewma(none, none, none, reason=reason)
    averages: list[float | None] = []
    halves: list[float | None] = []
    last, step = mu0, count(1)
    for value in values:
        last = last if value is None else lam * value + (1 - lam) * last
        growth = None if value is None else 1 - (1 - lam) ** (2 * next(step))
        averages.append(None if growth is None else last)
        halves.append(None if growth is None else width * sigma * math.sqrt(lam / (2 - lam) * growth))
    return _ewma(averages, halves, mu0)


def _target(
    values: Series, mu0: float | None, sigma: float | None
) -> tuple[float | None, float | None, Reason | None]:
    """Centre and standard deviation, both None with a reason where one is missing."""
    if sigma is not None and sigma < 0:
        raise ValueError("sigma must not be negative")
    own = xmr(values)
    mu0, sigma = own.center if mu0 is None else mu0, own.sigma if sigma is None else sigma
    if own.center is None or mu0 is None or sigma is None:
        return None, None, own.reason
    return mu0, sigma, None


def _ewma(averages: list[float | None], halves: list[float | None], mu0: float) -> Ewma:
    slack = SLACK * max(1.0, abs(mu0))
    pairs = list(zip(averages, halves, strict=True))
    outside = tuple(
        i
        for i, (z, half) in enumerate(pairs)
        if z is not None and half is not None and abs(z - mu0) > half + slack
    )
    upper = tuple(None if half is None else mu0 + half for half in halves)
    lower = tuple(None if half is None else mu0 - half for half in halves)
    return Ewma(tuple(averages), upper, lower, outside[0] if outside else None, outside)


def cusum(
    values: Series, mu0: float | None = None, sigma: float | None = None, k: float = 0.5, h: float = 4.0
) -> Cusum:
    """Tabular sums of y = (x − mu0)/sigma: C+ = max(0, C+ + y − k), C− = max(0, C− − y − k); signal above h.

    mu0 and sigma as `ewma`. Missing points (None) change nothing. Without spread (sigma 0) nothing is computed:
    NO_SPREAD; no points: NO_ANSWERS. Raises ValueError for a negative sigma. Page 1954 (Biometrika 41:100); Montgomery.
    """
    mu0, sigma, reason = _target(values, mu0, sigma)
    if mu0 is None or not sigma:
        none = (None,) * len(values)
        return Cusum(none, none, reason=reason or Reason.NO_SPREAD)
    plus: list[float | None] = []
    minus: list[float | None] = []
    up = down = 0.0
    first, direction = None, None
    for i, value in enumerate(values):
        if value is not None:
            y = (value - mu0) / sigma
            up, down = max(0.0, up + y - k), max(0.0, down - y - k)
        if first is None and max(up, down) > h:
            first, direction = i, "up" if up > down else "down"
        plus.append(None if value is None else up)
        minus.append(None if value is None else down)
    return Cusum(tuple(plus), tuple(minus), first, direction)
