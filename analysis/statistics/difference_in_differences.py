"""Did a measure work: a unit's change before and after, beyond that of units without the measure."""

from __future__ import annotations

from dataclasses import replace

from analysis.statistics.change import MARGIN, between, difference
from analysis.statistics.intervals import CONFIDENCE
from analysis.types import Comparison, Distribution, Estimate, Scale, Unit


def difference_in_differences(
    unit: tuple[Distribution, Distribution | None],
    comparator: tuple[Distribution, Distribution | None],
    metric: str,
    scale: Scale,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> Comparison:
    """The unit's change minus the comparator's, each as (after, before), in the metric's unit.

    The interval squares and adds those of the two changes. It assumes that without the measure both would have
    changed alike. Reasons as `difference`, of whichever change is missing. Zou & Donner 2008; Card & Krueger
    1994 (Am. Econ. Rev. 84:772).
    """
    changes = [
        difference(after, before, metric, scale, margin=margin, confidence=confidence)
        for after, before in (unit, comparator)
    ]
    first, second = (
        _estimate(change, pair[0].n, scale) for change, pair in zip(changes, (unit, comparator), strict=True)
    )
    found = between(first, second, margin=margin)
    return found if found.difference is None else replace(found, method="difference_in_differences")


def _estimate(change: Comparison, n: int, scale: Scale) -> Estimate:
    bounds = scale.bounds if change.unit is Unit.SCALE else None
    return Estimate(
        change.difference,
        change.low,
        change.high,
        n,
        change.unit,
        change.metric,
        change.reason if change.difference is None else None,
        bounds=bounds,
    )
