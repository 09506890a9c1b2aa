"""Whether units can be told apart at all: reliability of their means, and the answers it would take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.sums import exact
from analysis.statistics.tails import f_p
from analysis.types import Reason

ENOUGH = 0.7
"""Reliability from which units may be ranked (CAHPS)."""


@dataclass(frozen=True, slots=True)
class UnitReliability:
    """One-way analysis of variance of answers within and between units.

    `reliability` (0…1) is that of the mean of a unit of middle size, `per_unit` each unit's own (None without
    answers), `n_for_target` the answers a unit needs. Ranks are shown only where `may_rank`.
    """

    per_unit: tuple[float | None, ...]
    f: float | None = None
    p: float | None = None
    var_between: float | None = None
    var_within: float | None = None
    n0: float | None = None
    icc1: float | None = None
    reliability: float | None = None
    n_for_target: int | None = None
    reason: Reason | None = None

    @property
    def may_rank(self) -> bool:
        return self.reliability is not None and self.reliability >= ENOUGH


def unit_reliability(
    units: Sequence[Sequence[int]], numbers: Sequence[float], target: float = ENOUGH
) -> UnitReliability:
    """Reliability of units' means from counts of each number, one line a unit.

    var_between = max(0, (MSB − MSW)/n0), n0 = (N − Σn²/N)/(k − 1), reliability = max(0, 1 − 1/F). Units without
    answers are left out. Fewer than two units: ONE_GROUP; one answer each: TOO_FEW; all answers alike: NO_SPREAD.
    Where only units differ F is infinite (None) and the reliability 1. Raises ValueError for negative counts,
    lengths that differ, or a target outside 0…1. Shrout & Fleiss 1979 (Psychol. Bull. 86:420); CAHPS.
    """
    if not 0 < target < 1 or any(count < 0 for unit in units for count in unit):
        raise ValueError("counts must not be negative and the target must lie between 0 and 1")
    sizes = [sum(unit) for unit in units]
    n, k = sum(sizes), sum(size > 0 for size in sizes)
    none = (None,) * len(units)
    if k < 2 or n == k:
        reason = Reason.NO_ANSWERS if not n else Reason.ONE_GROUP if k < 2 else Reason.TOO_FEW
        return UnitReliability(none, reason=reason)
    between, within = _squares(units, numbers)
    n0 = (n - sum(size * size for size in sizes) / n) / (k - 1)
    if not between and not within:
        return UnitReliability(none, var_between=0.0, var_within=0.0, n0=n0, reason=Reason.NO_SPREAD)
    return _compared(sizes, between / (k - 1), within / (n - k), n0, target)


def _compared(sizes: Sequence[int], msb: float, msw: float, n0: float, target: float) -> UnitReliability:
    """From the mean squares between and within, of which not both are 0."""
    n, k = sum(sizes), sum(size > 0 for size in sizes)
    spread = max(0.0, (msb - msw) / n0)
    f = msb / msw if msw else None
    return UnitReliability(
        tuple(spread / (spread + msw / size) if size else None for size in sizes),
        f,
        f_p(f, k - 1, n - k) if f is not None else None,
        spread,
        msw,
        n0,
        spread / (spread + msw),
        max(0.0, 1 - msw / msb) if msb else 0.0,
        math.ceil(target / (1 - target) * msw / spread - 1e-9) if spread > 0 else None,
    )


def _squares(units: Sequence[Sequence[int]], numbers: Sequence[float]) -> tuple[float, float]:
    """Sums of squares between and within units; equal means and units of one value give exactly 0."""
    values = [exact(number) for number in numbers]
    lines = [[pair for pair in zip(unit, values, strict=True) if pair[0]] for unit in units if any(unit)]
    sizes = [sum(count for count, _ in line) for line in lines]
    sums = [sum(count * value for count, value in line) for line in lines]
    n, whole = sum(sizes), sum(sums)
    means = [float(total) / size for total, size in zip(sums, sizes, strict=True)]
    middle = float(whole) / n
    equal = all(total * n == whole * size for total, size in zip(sums, sizes, strict=True))
    between = math.fsum(size * (mean - middle) ** 2 for size, mean in zip(sizes, means, strict=True))
    within = math.fsum(
        count * (float(value) - mean) ** 2
        for line, mean in zip(lines, means, strict=True)
        if len(line) > 1
        for count, value in line
    )
    return 0.0 if equal else between, within
