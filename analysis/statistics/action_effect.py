"""What can be said of a registered measure: by which method is decided by rule, before any result is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.change import MARGIN, margin_on
from analysis.statistics.difference_in_differences import difference_in_differences
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.merging import merge
from analysis.statistics.metrics import METRICS
from analysis.statistics.series_effect import EACH_SIDE, SeriesEffect, series_effect
from analysis.types import Comparison, Distribution, Reason, Scale

LEAST_COMPARED = 4
"""Periods wanted on each side for a difference of differences, which knows nothing of trends."""

Periods = Sequence[Distribution | None]  # of equal length, in their order; None where nothing is published


class Stage(StrEnum):
    NO_BASELINE = "no_baseline"
    FEW_BEFORE = "few_before"  # that will never change
    TOO_EARLY = "too_early"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class ActionEffect:
    """`comparison` (with − without the change) and its verdict are there when the stage is JUDGED.

    `before` and `after` count the periods that could be used, `wanted` is how many a side needs. `series` is the
    fit where the method is the interrupted series, from as few periods as it can be computed.
    """

    stage: Stage
    before: int
    after: int
    wanted: int
    comparison: Comparison | None = None
    series: SeriesEffect | None = None


def action_effect(
    periods: Periods,
    start: int,
    comparator: Periods | None,
    metric: str,
    scale: Scale,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> ActionEffect:
    """Interrupted series from 8 periods a side on, beside a comparator that of the differences to it.

    With a comparator and at least 4 periods a side, but not yet 8: difference in differences of all answers.
    `start` is the index of the first period after the change; the period in which it happened is given as None.
    Distributions are on `scale`. Raises ValueError for lengths that differ and for answers that are not on the scale.
    """
    values = _values(periods, metric, scale)
    others = None if comparator is None else _values(comparator, metric, scale)
    used = [None not in pair for pair in zip(values, others or [0.0] * len(values), strict=True)]
    before, after = sum(used[:start]), sum(used[start:])
    if min(before, after) >= EACH_SIDE:
        limit = margin_on(margin, METRICS[metric].unit, METRICS[metric].bounds(scale))
        fit = series_effect(values, start, others, margin=limit, confidence=confidence)
        return ActionEffect(Stage.JUDGED, before, after, EACH_SIDE, _as_comparison(fit, metric), fit)
    if comparator is None or min(before, after) < LEAST_COMPARED:
        return _waiting(before, after, EACH_SIDE if comparator is None else LEAST_COMPARED)
    unit, other = (_waves(one, used, start) for one in (periods, comparator))
    found = difference_in_differences(unit, other, metric, scale, margin=margin, confidence=confidence)
    return ActionEffect(Stage.JUDGED, before, after, EACH_SIDE, found)


def _waiting(before: int, after: int, wanted: int) -> ActionEffect:
    if before >= wanted:
        return ActionEffect(Stage.TOO_EARLY, before, after, wanted)
    return ActionEffect(Stage.FEW_BEFORE if before else Stage.NO_BASELINE, before, after, wanted)


def _values(periods: Periods, metric: str, scale: Scale) -> list[float | None]:
    return [METRICS[metric](one, scale).value if one else None for one in periods]


def _waves(periods: Periods, used: Sequence[bool], start: int) -> tuple[Distribution, Distribution]:
    """All answers of the used periods, after and before."""
    told = [one if use else None for one, use in zip(periods, used, strict=True)]
    after, before = ([one for one in side if one] for side in (told[start:], told[:start]))
    return merge(after), merge(before)


def _as_comparison(fit: SeriesEffect, metric: str) -> Comparison:
    low, high = (fit.effect.interval if fit.effect else None) or (None, None)
    if fit.reason is Reason.NO_SPREAD:
        low = high = None
    value = fit.effect.value if fit.effect else None
    unit = METRICS[metric].unit
    return Comparison(value, low, high, unit, fit.verdict, "interrupted_series", None, fit.reason, metric)
