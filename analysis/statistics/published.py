"""Whether figures that somebody printed can be: means of whole numbers, standard deviations within a range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Grim:
    """Whether a total of n whole-number answers gives the printed figure, which totals do, and the nearest one."""

    consistent: bool | None
    possible_totals: range
    nearest_total: int | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SdCheck:
    """The farthest an answer can lie from the mean, the largest standard deviation, and whether both are kept.

    `max_sd` is None where the mean lies outside the range: then no standard deviation is possible.
    """

    samuelson_bound: float | None
    max_sd: float | None
    range_ok: bool | None
    sd_ok: bool | None
    reason: Reason | None = None


def grim(printed: str, n: int, items: int = 1, *, percent: bool = False) -> Grim:
    """Whether the printed mean (or percentage) of n persons' whole-number answers to `items` items can occur.

    The decimals printed say how it was rounded; a quotient exactly between two figures may have become either.
    None for n = 0. Raises ValueError for a text that is not a number and for negative n or fewer than one item.
    Brown & Heathers 2017 (Soc. Psychol. Pers. Sci. 8:363).
    """
    figure, half = as_printed(printed)
    if n < 0 or items < 1:
        raise ValueError("n cannot be negative, and there must be an item")
    if n == 0:
        return Grim(None, range(0), None, Reason.NO_ANSWERS)
    each = Fraction(n * items, 100 if percent else 1)
    first, last = math.ceil((figure - half) * each), math.floor((figure + half) * each)
    if percent:
        first, last = max(first, 0), min(last, n * items)
    totals = range(first, last + 1)
    return Grim(bool(totals), totals, math.floor(figure * each + Fraction(1, 2)))


def sd_within_range(mean: float, sd: float, n: int, lowest: float, highest: float) -> SdCheck:
    """Whether n answers from lowest to highest, both given, can have this mean and standard deviation (n − 1).

    None below two answers. Raises ValueError for a negative sd and an empty range.
    Samuelson 1968 (J. Am. Stat. Assoc. 63:1522); Bhatia & Davis 2000 (Am. Math. Mon. 107:353).
    """
    if sd < 0 or lowest > highest:
        raise ValueError("sd cannot be negative, nor the lowest answer above the highest")
    if n < 2:
        return SdCheck(None, None, None, None, Reason.TOO_FEW)
    bound = sd * (n - 1) / math.sqrt(n)
    room = (highest - mean) * (mean - lowest) * n / (n - 1)
    max_sd = math.sqrt(room) if room >= 0 else None
    farthest = max(abs(highest - mean), abs(lowest - mean))
    return SdCheck(
        samuelson_bound=bound,
        max_sd=max_sd,
        range_ok=_at_most(farthest, bound),
        sd_ok=max_sd is not None and _at_most(sd, max_sd),
    )


def _at_most(value: float, limit: float) -> bool:
    """value <= limit but for the rounding of the computation."""
    return value <= limit + 1e-12 * max(1.0, abs(limit))


def as_printed(printed: str) -> tuple[Fraction, Fraction]:
    """The number and half a unit of its last printed place. Raises ValueError for a text that is not a number."""
    try:
        number = Decimal(printed.strip())
        exponent = int(number.as_tuple().exponent)
    except (InvalidOperation, ValueError) as error:
        raise ValueError(f"{printed!r} is not a number") from error
    if max(abs(exponent), abs(number.adjusted())) > 30:
        raise ValueError(f"{printed!r} has too many places")
    return Fraction(number), Fraction(10) ** min(0, exponent) / 2
