"""How a question does its work: answers piled up at an end of its scale, not applicable, or left out."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.statistics.intervals import Interval
from analysis.statistics.proportion import wilson
from analysis.types import Distribution, Reason, Scale


@dataclass(frozen=True, slots=True)
class Part:
    """A share (0–1) with Wilson's interval; None of nobody."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class ItemQuality:
    """`best` and `worst` of the n valid answers, the others of all who were asked."""

    n: int
    asked: int
    best: Part
    worst: Part
    not_applicable: Part
    missing: Part
    reason: Reason | None = None


def item_quality(told: Distribution, scale: Scale) -> ItemQuality:
    """Ceiling, floor and what is missing of one question. No valid answer: NO_ANSWERS; only one value: NO_SPREAD.

    Terwee et al. 2007 (J. Clin. Epidemiol. 60:34) for the terms; Wilson 1927 for the intervals.
    """
    numbers = [number for value, number in scale.values.items() if value in told.counts]
    ends = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    worst, best = reversed(ends) if scale.reverse else ends
    asked = told.n + told.not_applicable + told.missing
    given = [count for count in told.counts.values() if count]
    reason = Reason.NO_ANSWERS if not given else Reason.NO_SPREAD if len(given) == 1 else None
    return ItemQuality(
        told.n,
        asked,
        _part(_at(told, scale, best), told.n),
        _part(_at(told, scale, worst), told.n),
        _part(told.not_applicable, asked),
        _part(told.missing, asked),
        reason,
    )


def _at(told: Distribution, scale: Scale, number: float) -> int:
    return sum(count for value, count in told.counts.items() if scale.values.get(value) == number)


def _part(count: int, n: int) -> Part:
    return Part(count / n if n else None, wilson(count, n))
