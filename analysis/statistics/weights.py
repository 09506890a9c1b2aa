"""What weighting and clustering cost, and estimates weighted to a known population."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """How many times a simple sample's variance (deff) or error (deft) the design has; n/deff answers are left."""

    n: int
    deff: float | None
    deft: float | None
    n_effective: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """Valid answers of one stratum (count of each number) and the persons of the population in it."""

    counts: Sequence[int]
    population: float


@dataclass(frozen=True, slots=True)
class PostStratified:
    """A mean weighted to the population, in the unit of the numbers; `weights` are persons for each answer."""

    n: int
    weights: tuple[float | None, ...]
    unweighted: float | None
    estimate: float | None = None
    se: float | None = None
    deff_kish: float | None = None
    n_effective: float | None = None
    reason: Reason | None = None


def kish(weights: Sequence[float], counts: Sequence[int] | None = None) -> DesignEffect:
    """n Σw²/(Σw)² of n answers, one weight each, or one for each of `counts` answers.

    No answers: NO_ANSWERS; no weight above 0: NO_SPREAD. Raises ValueError for negative weights or counts and
    for lengths that differ. Kish 1965; 1992 (J. Off. Stat. 8:183).
    """
    times = [1] * len(weights) if counts is None else counts
    pairs = list(zip(weights, times, strict=True))
    if any(weight < 0 or count < 0 for weight, count in pairs):
        raise ValueError("weights and counts must not be negative")
    n = sum(times)
    total = math.fsum(weight * count for weight, count in pairs)
    if not total:
        return DesignEffect(n, None, None, None, Reason.NO_SPREAD if n else Reason.NO_ANSWERS)
    squares = math.fsum(count * (weight / total) ** 2 for weight, count in pairs)
    return _effect(n, n * squares)


def cluster_effect(sizes: Sequence[int], rho: float | None) -> DesignEffect:
    """1 + (Σm²/Σm − 1)·rho for clusters of m answers each, e.g. several visits of one person.

    No answers: NO_ANSWERS; rho unknown, or so negative that nothing is left: NOT_APPLICABLE. Raises ValueError for a
    negative size. Kish 1965.
    """
    if any(size < 0 for size in sizes):
        raise ValueError("a cluster must not have a negative size")
    n = sum(sizes)
    if n == 0:
        return DesignEffect(0, None, None, None, Reason.NO_ANSWERS)
    deff = 0.0 if rho is None else 1 + (sum(size * size for size in sizes) / n - 1) * rho
    if deff <= 0:
        return DesignEffect(n, None, None, None, Reason.NOT_APPLICABLE)
    return _effect(n, deff)


def _effect(n: int, deff: float) -> DesignEffect:
    return DesignEffect(n, deff, math.sqrt(deff), n / deff)


def poststratify(strata: Sequence[Stratum], numbers: Sequence[float]) -> PostStratified:
    """Σ N_h·mean_h/N with weights N_h/n_h and the linearised error of it, factor n/(n − 1).

    `numbers` are what the counts of each stratum stand for. A stratum of the population without answers:
    EMPTY_STRATUM, it must be merged first; nobody at all: NO_ANSWERS. One answer has no error. Raises ValueError
    for negative counts and lengths that differ. Holt & Smith 1979 (J. R. Stat. Soc. A 142:33); Kish 1965.
    """
    sizes = [sum(stratum.counts) for stratum in strata]
    sums = [_total(stratum.counts, numbers) for stratum in strata]
    n, people = sum(sizes), math.fsum(stratum.population for stratum in strata)
    pairs = list(zip(strata, sizes, strict=True))
    weights = tuple(stratum.population / size if size else None for stratum, size in pairs)
    if not n or people <= 0 or any(stratum.population and not size for stratum, size in pairs):
        reason = Reason.EMPTY_STRATUM if n else Reason.NO_ANSWERS
        return PostStratified(n, weights, math.fsum(sums) / n if n else None, reason=reason)
    means = [total / size if size else 0.0 for total, size in zip(sums, sizes, strict=True)]
    estimate = math.fsum(s.population * mean for s, mean in zip(strata, means, strict=True)) / people
    squares = math.fsum(
        (weight or 0.0) ** 2 * count * (number - mean) ** 2
        for stratum, mean, weight in zip(strata, means, weights, strict=True)
        for count, number in zip(stratum.counts, numbers, strict=True)
    )
    se = math.sqrt(squares * n / (n - 1)) / people if n > 1 else None
    effect = kish([weight or 0.0 for weight in weights], sizes)
    return PostStratified(n, weights, math.fsum(sums) / n, estimate, se, effect.deff, effect.n_effective)


def _total(counts: Sequence[int], numbers: Sequence[float]) -> float:
    if any(count < 0 for count in counts):
        raise ValueError("counts must not be negative")
    return math.fsum(count * number for count, number in zip(counts, numbers, strict=True))
