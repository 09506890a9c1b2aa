"""How loyalty rises with satisfaction: level by level, and whether the line bends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.moments import moments, t_interval
from analysis.statistics.regression import least_squares
from analysis.statistics.sums import Sums, dot, exact
from analysis.types import Reason


class Bend(StrEnum):
    """Where the line is steeper."""

    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Level:
    """Mean loyalty of those at one level of satisfaction; no interval for one person."""

    satisfaction: float
    n: int
    mean: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class LoyaltyCurve:
    """The levels, the coefficient of satisfaction squared with its P, and the bend where it is beyond chance."""

    levels: tuple[Level, ...]
    n: int
    curvature: float | None = None
    p: float | None = None
    bend: Bend | None = None
    reason: Reason | None = None


def merged_levels(counts: Sequence[Sequence[int]], least: int) -> list[range]:
    """Stretches of neighbouring levels, each answered by `least` persons or more; all levels where nobody reaches it.

    From the lowest level on; what is left at the top joins the stretch below it. Nobody at all: no stretch.
    """
    found: list[range] = []
    first = persons = 0
    for level, line in enumerate(counts):
        persons += sum(line)
        if persons >= least:
            found.append(range(first, level + 1))
            first, persons = level + 1, 0
    if persons or (found and first < len(counts)):
        start = found.pop().start if found else 0
        found.append(range(start, len(counts)))
    return found


def loyalty_curve(
    counts: Sequence[Sequence[int]],
    satisfaction: Sequence[float],
    loyalty: Sequence[float],
    confidence: float = CONFIDENCE,
) -> LoyaltyCurve:
    """Mean loyalty with its t interval at each satisfaction level from `counts[level][loyalty]` of persons.

    The bend is that of the quadratic regression of loyalty on satisfaction, where its P is below
    1 − confidence. Fewer than three levels with answers: TOO_FEW; everybody equally loyal: NO_SPREAD; nobody:
    NO_ANSWERS. Raises ValueError for negative counts or lengths that differ. Jones & Sasser 1995 (Harv. Bus. Rev.
    73(6):88); Mittal & Kamakura 2001 (J. Marketing Res. 38:131).
    """
    if any(count < 0 for line in counts for count in line):
        raise ValueError("counts must not be negative")
    levels = tuple(
        _level(score, line, loyalty, confidence) for score, line in zip(satisfaction, counts, strict=True)
    )
    fit = least_squares(_sums(counts, satisfaction, loyalty))
    answered = sum(level.n > 0 for level in levels)
    if fit.reason or answered < 3:
        return LoyaltyCurve(levels, fit.n, reason=fit.reason or Reason.TOO_FEW)
    curvature, p = fit.coefficients[1], fit.p[1]
    if curvature is None or p is None:
        return LoyaltyCurve(levels, fit.n, curvature, reason=Reason.TOO_FEW)
    bend = (Bend.TOP if curvature > 0 else Bend.BOTTOM) if p < 1 - confidence else None
    return LoyaltyCurve(levels, fit.n, curvature, p, bend)


def _level(score: float, line: Sequence[int], loyalty: Sequence[float], confidence: float) -> Level:
    keys = [str(place) for place in range(len(loyalty))]
    sample = moments(dict(zip(keys, line, strict=True)), dict(zip(keys, loyalty, strict=True)))
    if sample is None:
        return Level(score, 0, None, None)
    return Level(score, sample.n, sample.mean, t_interval(sample, confidence))


def _sums(counts: Sequence[Sequence[int]], satisfaction: Sequence[float], loyalty: Sequence[float]) -> Sums:
    """Satisfaction, its square about the middle of the scale, and loyalty, of everybody."""
    middle = (min(satisfaction) + max(satisfaction)) / 2 if satisfaction else 0.0
    cells = [
        (count, (exact(s), exact((s - middle) ** 2), exact(value)))
        for s, line in zip(satisfaction, counts, strict=True)
        for count, value in zip(line, loyalty, strict=True)
        if count
    ]
    times = [count for count, _ in cells]
    columns = [[row[j] for _, row in cells] for j in range(3)]
    weighted = [[count * x for count, x in zip(times, column, strict=True)] for column in columns]
    products = tuple(tuple(dot(one, other) for other in columns) for one in weighted)
    return Sums(sum(times), tuple(dot(times, column) for column in columns), products)
