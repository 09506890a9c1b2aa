"""A printed P against the P values that the printed figures allow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.choose import Tested
from analysis.statistics.published import as_printed
from analysis.types import Comparison


class Relation(StrEnum):
    BELOW = "<"
    AT_MOST = "≤"
    EQUAL = "="
    AT_LEAST = "≥"
    ABOVE = ">"


class Usual(StrEnum):
    """The tests that reports use without saying so."""

    CHI_SQUARE = "chi_square"
    YATES = "yates"
    FISHER = "fisher"
    WELCH = "welch"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class ClaimedP:
    """P as a report prints it: `P<0.05`, `P=0.03`. `printed` is a number from 0 to 1 with its decimals."""

    relation: Relation
    printed: str

    def __str__(self) -> str:
        return f"P{self.relation}{self.printed}"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Two groups of a report compared anew, first − second.

    `p_low` to `p_high` are the P values of all figures that would be printed so; `holds` whether the claim is
    among them (None without claim or test), `fits` the other usual tests by which it would be.
    """

    comparison: Comparison
    tested: Tested
    p_low: float | None
    p_high: float | None
    others: dict[Usual, float]
    holds: bool | None = None
    fits: tuple[Usual, ...] = ()


def claim_holds(claim: ClaimedP, low: float, high: float) -> bool:
    """Whether a P somewhere from low to high would be printed like this."""
    figure, half = (float(part) for part in as_printed(claim.printed))
    if claim.relation is Relation.EQUAL:
        return low <= figure + half + 1e-12 and high >= figure - half - 1e-12
    if claim.relation in (Relation.BELOW, Relation.AT_MOST):
        return low < figure or (claim.relation is Relation.AT_MOST and low == figure)
    return high > figure or (claim.relation is Relation.AT_LEAST and high == figure)


def judged_claim(
    comparison: Comparison,
    tested: Tested,
    possible: list[float],
    others: dict[Usual, float],
    claim: ClaimedP | None,
) -> Recomputed:
    """The claim against the P values possible by the chosen test, and against each other usual test's."""
    if not possible:
        return Recomputed(comparison, tested, None, None, others)
    low, high = min(possible), max(possible)
    if claim is None:
        return Recomputed(comparison, tested, low, high, others)
    holds = claim_holds(claim, low, high)
    fits = () if holds else tuple(name for name, p in others.items() if claim_holds(claim, p, p))
    return Recomputed(comparison, tested, low, high, others, holds, fits)
