"""Which units to look at, after allowing for how many were compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.adjust import adjust
from analysis.statistics.funnel import Funnel
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.tails import outside


class Correction(StrEnum):
    HOLM = "holm"  # for reports with consequences: hardly ever one flag too many
    BH = "bh"  # for screening: a small part of the flags may be chance


@dataclass(frozen=True, slots=True)
class Flags:
    """−1 below, 1 above what chance and normal variety explain, 0 within, None not compared; by unit."""

    sides: tuple[int | None, ...]
    p: tuple[float | None, ...]  # adjusted
    comparisons: int
    correction: Correction

    @property
    def count(self) -> int:
        """How many units are flagged."""
        return sum(bool(side) for side in self.sides)


def corrected_flags(
    funnel: Funnel,
    hidden: Collection[int] = (),
    correction: Correction = Correction.HOLM,
    confidence: float = CONFIDENCE,
) -> Flags:
    """Flags of a funnel's units by its additive model; `hidden` (suppressed) units do not count as compared.

    A funnel that could not be computed flags nobody. Holm 1979; Benjamini & Hochberg 1995; Spiegelhalter et al.
    2012 (J. R. Stat. Soc. A 175:1) for flags among many units.
    """
    given = [None if place in hidden else p for place, p in enumerate(funnel.p)]
    adjusted = getattr(adjust(given), correction)
    sides = tuple(
        None if p is None else _side(z) if p <= outside(confidence) else 0
        for p, z in zip(adjusted, funnel.z, strict=True)
    )
    return Flags(sides, adjusted, len(given) - given.count(None), correction)


def _side(z: float | None) -> int:
    return 1 if z is not None and z > 0 else -1
