"""Centre lines and limits: p, Laney's p′ and XmR charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.control_charts.rules import Rules, Series, run_rules
from analysis.types import Reason

D2 = 1.128  # mean range of two standard normal values, rounded as the charts' tables print it
D4 = 3.267  # upper limit of a moving range of two, in mean ranges


@dataclass(frozen=True, slots=True)
class ShareLimits:
    """Centre line and limits of shares (0…1) for each point; None at points without answers.

    `z` holds the points in binomial standard deviations from the centre line, `sigma_z` how many of them the
    limits count as one (1 on a plain p chart); `signals` the indexes strictly outside.
    """

    center: float | None
    sigma_z: float | None
    z: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    signals: tuple[int, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Individuals:
    """XmR: centre line, mean moving range and natural process limits in the unit of the values."""

    center: float | None
    mr_bar: float | None
    sigma: float | None
    upper: float | None
    lower: float | None
    mr_upper: float | None
    rules: Rules
    reason: Reason | None = None


def p_chart(x: Sequence[int], n: Sequence[int], k: float = 3.0, baseline: slice = slice(None)) -> ShareLimits:
    """Shares x/n around Σx/Σn of the baseline, limits ± k binomial standard deviations cut to 0…1.

    Points with n = 0 have no limits. No answers in the baseline: NO_ANSWERS. Raises ValueError for lengths
    that differ or counts outside 0 ≤ x ≤ n. Shewhart 1931; Montgomery, Introduction to SPC.
    """
    center = _center(x, n, baseline)
    z = _z(x, n, center)
    if center is None:
        return ShareLimits(None, None, z, z, z, reason=Reason.NO_ANSWERS)
    return _around(x, n, center, z, k, 1.0)


def laney_p(x: Sequence[int], n: Sequence[int], k: float = 3.0, baseline: slice = slice(None)) -> ShareLimits:
    """The p chart with limits ± k·sigma_z standard deviations, sigma_z = mean |z_i − z_(i−1)| / 1.128.

    sigma_z comes from the baseline and also narrows the limits when below 1. Fewer than two points with
    answers: TOO_FEW; a baseline of only 0 % or only 100 %: NO_SPREAD. Errors as p_chart.
    Laney 2002 (Qual. Eng. 14:531).
    """
    center = _center(x, n, baseline)
    z = _z(x, n, center)
    ranges = moving_ranges(z[baseline])
    if center is None or not ranges:
        none = (None,) * len(x)
        return ShareLimits(center, None, z, none, none, reason=_why_not(center, n, baseline))
    return _around(x, n, center, z, k, math.fsum(ranges) / len(ranges) / D2)


def xmr(values: Series, baseline: slice = slice(None)) -> Individuals:
    """Individual values and moving ranges: mean ± 3·MRbar/1.128 of the baseline, run rules on all points.

    A constant series has limits equal to its mean and no signal. Missing points (None) are passed over.
    One value: centre only, TOO_FEW; none: NO_ANSWERS. Wheeler 1993; ISO 7870-2.
    """
    known = [value for value in values[baseline] if value is not None]
    if len(known) < 2:
        reason = Reason.TOO_FEW if known else Reason.NO_ANSWERS
        return Individuals(known[0] if known else None, None, None, None, None, None, Rules(), reason)
    center, ranges = math.fsum(known) / len(known), moving_ranges(known)
    mr_bar = math.fsum(ranges) / len(ranges)
    sigma = mr_bar / D2
    rules = run_rules(values, center, sigma)
    upper, lower = center + 3 * sigma, center - 3 * sigma
    return Individuals(center, mr_bar, sigma, upper, lower, D4 * mr_bar, rules)


def moving_ranges(values: Series) -> list[float]:
    """|difference| of each pair of neighbours among the points that are there."""
    known = [value for value in values if value is not None]
    return [abs(known[i] - known[i - 1]) for i in range(1, len(known))]


def _center(x: Sequence[int], n: Sequence[int], baseline: slice) -> float | None:
    if len(x) != len(n) or any(not 0 <= part <= whole for part, whole in zip(x, n, strict=False)):
        raise ValueError("x and n need one length and 0 <= x <= n at each point")
    total = sum(n[baseline])
    return sum(x[baseline]) / total if total else None


def _z(x: Sequence[int], n: Sequence[int], center: float | None) -> tuple[float | None, ...]:
    if center is None or center <= 0 or center >= 1:
        return (None,) * len(x)
    error = math.sqrt(center * (1 - center))
    return tuple((a / b - center) / (error / math.sqrt(b)) if b else None for a, b in zip(x, n, strict=True))


def _why_not(center: float | None, n: Sequence[int], baseline: slice) -> Reason:
    if center is None:
        return Reason.NO_ANSWERS
    return Reason.TOO_FEW if sum(whole > 0 for whole in n[baseline]) < 2 else Reason.NO_SPREAD


def _around(
    x: Sequence[int],
    n: Sequence[int],
    center: float,
    z: tuple[float | None, ...],
    k: float,
    sigma_z: float,
) -> ShareLimits:
    spread = math.sqrt(center * (1 - center)) * k * sigma_z
    half = [spread / math.sqrt(whole) if whole else None for whole in n]
    upper = tuple(None if one is None else min(1.0, center + one) for one in half)
    lower = tuple(None if one is None else max(0.0, center - one) for one in half)
    outside = [
        i
        for i, (low, high) in enumerate(zip(lower, upper, strict=True))
        if low is not None and high is not None and not low - 1e-12 <= x[i] / n[i] <= high + 1e-12
    ]
    return ShareLimits(center, sigma_z, z, upper, lower, tuple(outside))
