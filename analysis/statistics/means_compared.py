"""Tests of means: two groups, a group against a standard, the same people twice, and several groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.statistics.effect_sizes import mean_effect, pooled_variance
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.moments import Moments
from analysis.statistics.sums import Sums
from analysis.statistics.tails import f_p, student_p, student_quantile
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A difference of means with t, degrees of freedom, two-sided P, interval and standardised effect.

    Where only the difference can be computed `reason` says why. `effect`: Hedges' g of two groups, for the same
    people twice their mean change in standard deviations of the changes (dz), else None.
    """

    difference: float | None
    t: float | None = None
    df: float | None = None
    p: float | None = None
    low: float | None = None
    high: float | None = None
    effect: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class WelchAnova:
    f: float | None
    df1: int | None
    df2: float | None
    p: float | None
    reason: Reason | None = None


def welch(first: Moments | None, second: Moments | None, confidence: float = CONFIDENCE) -> MeanTest:
    """first − second without assuming equal variances; only the difference for n = 1 or when both variances are 0.

    Welch 1947 (Biometrika 34:28).
    """
    if first is None or second is None:
        return MeanTest(None, reason=Reason.NO_ANSWERS)
    difference = first.mean - second.mean
    if first.n < 2 or second.n < 2 or first.variance is None or second.variance is None:
        return MeanTest(difference, reason=Reason.TOO_FEW)
    part1, part2 = first.variance / first.n, second.variance / second.n
    if part1 + part2 == 0:
        return MeanTest(difference, reason=Reason.NO_SPREAD)
    of_first = part1 / (part1 + part2)
    df = 1 / (of_first**2 / (first.n - 1) + (1 - of_first) ** 2 / (second.n - 1))
    effect = mean_effect(first, second).hedges_g
    return _tested(difference, math.sqrt(part1 + part2), df, confidence, effect)


def student(first: Moments | None, second: Moments | None, confidence: float = CONFIDENCE) -> MeanTest:
    """first − second with one pooled variance; only the difference where that is 0 or n₁ + n₂ < 3.

    Student 1908 (Biometrika 6:1). `welch` is the default: it does not need equal variances.
    """
    if first is None or second is None:
        return MeanTest(None, reason=Reason.NO_ANSWERS)
    difference, pooled = first.mean - second.mean, pooled_variance(first, second)
    if not pooled:
        return MeanTest(difference, reason=Reason.TOO_FEW if pooled is None else Reason.NO_SPREAD)
    error = math.sqrt(pooled * (1 / first.n + 1 / second.n))
    effect = mean_effect(first, second).hedges_g
    return _tested(difference, error, first.n + second.n - 2, confidence, effect)


def against_standard(sample: Moments | None, standard: float, confidence: float = CONFIDENCE) -> MeanTest:
    """mean − standard by the one-sample t test, the interval being that of the difference.

    Only the difference for n = 1 and for equal answers. Student 1908.
    """
    if sample is None:
        return MeanTest(None, reason=Reason.NO_ANSWERS)
    difference = sample.mean - standard
    if not sample.sd:
        return MeanTest(difference, reason=Reason.TOO_FEW if sample.sd is None else Reason.NO_SPREAD)
    return _tested(difference, sample.sd / math.sqrt(sample.n), sample.n - 1, confidence, None)


def paired(before_after: Sums, confidence: float = CONFIDENCE) -> MeanTest:
    """after − before of the same people, from the sums of two items: before, after.

    Only the difference for one person and when all changed by the same. Raises ValueError unless two items.
    Student 1908.
    """
    found = changes(before_after)
    test = against_standard(found, 0.0, confidence)
    return replace(test, effect=found.mean / found.sd) if found and found.sd else test


def changes(before_after: Sums) -> Moments | None:
    """n, mean and variance of after − before; None without people. Raises ValueError unless two items."""
    if before_after.k != 2:
        raise ValueError("the sums must be of two items: before and after")
    n, (before, after) = before_after.n, before_after.sums
    if n == 0:
        return None
    (same, mixed), (_, later) = before_after.products
    total, squares = after - before, later - 2 * mixed + same
    variance = float((n * squares - total * total) / Fraction(n * (n - 1))) if n > 1 else None
    return Moments(n, float(Fraction(total) / n), variance)


def welch_anova(groups: Sequence[Moments | None]) -> WelchAnova:
    """Whether the means of several groups differ, without assuming equal variances.

    Groups without answers do not count. None for fewer than two others, a group of one person, or a group
    in which all answers are equal. Welch 1951 (Biometrika 38:330).
    """
    filled = [group for group in groups if group is not None and group.n]
    if len(filled) < 2:
        return WelchAnova(None, None, None, None, Reason.ONE_GROUP if filled else Reason.NO_ANSWERS)
    if any(group.n < 2 for group in filled):
        return WelchAnova(None, None, None, None, Reason.TOO_FEW)
    if not all(group.variance for group in filled):
        return WelchAnova(None, None, None, None, Reason.NO_SPREAD)
    k, weights = len(filled), [group.n / (group.variance or 1.0) for group in filled]
    total = math.fsum(weights)
    shares = [weight / total for weight in weights]
    mean = math.fsum(share * group.mean for share, group in zip(shares, filled, strict=True))
    between = math.fsum(w * (group.mean - mean) ** 2 for w, group in zip(weights, filled, strict=True)) / (
        k - 1
    )
    unequal = math.fsum((1 - share) ** 2 / (group.n - 1) for share, group in zip(shares, filled, strict=True))
    f = between / (1 + 2 * (k - 2) / (k * k - 1) * unequal)
    df2 = (k * k - 1) / (3 * unequal)
    return WelchAnova(f, k - 1, df2, f_p(f, k - 1, df2))


def _tested(difference: float, error: float, df: float, confidence: float, effect: float | None) -> MeanTest:
    t, half = difference / error, student_quantile(confidence, df) * error
    return MeanTest(difference, t, df, student_p(t, df), difference - half, difference + half, effect)
