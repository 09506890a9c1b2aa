"""A unit's mean as it would be if its respondents were mixed as those of the whole organisation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.proportion import wilson
from analysis.statistics.tails import student_quantile
from analysis.statistics.weights import PostStratified, Stratum, poststratify
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Raw and adjusted mean in the unit of the numbers; what the adjustment cost (`deff`).

    `groups` are the strata as they were used, by place: (0,), (1, 2) says that 1 and 2 were merged.
    """

    n: int
    raw: float | None
    estimate: float | None
    se: float | None
    interval: Interval | None
    deff: float | None
    groups: tuple[tuple[int, ...], ...]
    reason: Reason | None = None

    @property
    def merged(self) -> tuple[tuple[int, ...], ...]:
        """The groups of more than one stratum."""
        return tuple(group for group in self.groups if len(group) > 1)


def case_mix(
    units: Sequence[Sequence[Sequence[int]]],
    numbers: Sequence[float],
    population: Sequence[float] | None = None,
    confidence: float = CONFIDENCE,
    least: int = 1,
) -> tuple[Adjusted, ...]:
    """Each unit post-stratified to the organisation's mix; `units[u][h]` counts each of `numbers` in stratum h.

    `population` is the mix (persons or shares by stratum), without it the answers of all units together. Give
    strata in an order in which neighbours are alike: one in which a unit has fewer than `least` answers is merged
    with the neighbour of more answers, until none is left. Shares (numbers 0 and 1) have Wilson's interval at n/deff,
    means t with n − (strata used) degrees of freedom. A unit without answers: NO_ANSWERS; one answer a stratum:
    TOO_FEW, no interval. Raises ValueError for lengths that differ. Holt & Smith 1979; Kish 1965.
    """
    mix = [float(size) for size in population] if population is not None else organisation_mix(units)
    if any(len(unit) != len(mix) for unit in units):
        raise ValueError(f"each unit needs {len(mix)} strata")
    return tuple(_adjusted(unit, numbers, mix, confidence, least) for unit in units)


def organisation_mix(units: Sequence[Sequence[Sequence[int]]]) -> list[float]:
    """How many answers each stratum has over all units."""
    return [float(sum(sum(unit[h]) for unit in units)) for h in range(len(units[0]))] if units else []


def merge_small(
    sizes: Sequence[int], population: Sequence[float], least: int = 1
) -> tuple[tuple[int, ...], ...]:
    """Groups of neighbouring strata such that each that the population has, has `least` answers (see `case_mix`)."""
    groups: list[tuple[int, ...]] = [(h,) for h in range(len(sizes)) if sizes[h] or population[h] > 0]
    held = [sizes[group[0]] for group in groups]
    while len(groups) > 1 and min(held) < least:
        small = next(j for j, answers in enumerate(held) if answers < least)
        before = held[small - 1] if small else -1
        after = held[small + 1] if small + 1 < len(held) else -1
        first = small if after >= before else small - 1
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
        held[first : first + 2] = [held[first] + held[first + 1]]
    return tuple(groups)


def _adjusted(
    unit: Sequence[Sequence[int]],
    numbers: Sequence[float],
    mix: Sequence[float],
    confidence: float,
    least: int,
) -> Adjusted:
    groups = merge_small([sum(counts) for counts in unit], mix, least)
    strata = [
        Stratum(
            [sum(line) for line in zip(*(unit[h] for h in group), strict=True)],
            math.fsum(mix[h] for h in group),
        )
        for group in groups
    ]
    found = poststratify(strata, numbers)
    interval = _interval(found, numbers, found.n - len(groups), confidence)
    reason = found.reason or (None if interval else Reason.TOO_FEW)
    return Adjusted(
        found.n, found.unweighted, found.estimate, found.se, interval, found.deff_kish, groups, reason
    )


def _interval(found: PostStratified, numbers: Sequence[float], df: int, confidence: float) -> Interval | None:
    estimate, n = found.estimate, found.n_effective
    if estimate is None or n is None:
        return None
    if set(numbers) == {0, 1}:
        return wilson(min(max(estimate, 0.0), 1.0) * n, n, confidence)
    if found.se is None or df < 1:
        return None
    reach = student_quantile(confidence, df) * found.se
    return estimate - reach, estimate + reach
