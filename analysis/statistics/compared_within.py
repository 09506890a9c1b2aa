"""Two sides compared as if they were made up of the same kinds of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.statistics.case_mix import Adjusted, case_mix
from analysis.statistics.change import MARGIN, judged, margin_on, no_change
from analysis.statistics.choose import Kind
from analysis.statistics.compared import levels
from analysis.statistics.intervals import CONFIDENCE, square_and_add
from analysis.statistics.metrics import METRICS
from analysis.statistics.strata import MantelHaenszel, mantel_haenszel
from analysis.types import Comparison, Distribution, Reason, Scale

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class AtOneMix:
    """The difference at one mix; of shares also the Mantel–Haenszel odds ratio and test over the strata."""

    comparison: Comparison
    odds: MantelHaenszel | None = None


def difference_at_one_mix(
    current: Mapping[str, Distribution],
    base: Mapping[str, Distribution],
    metric: str,
    scale: Scale,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> AtOneMix:
    """current − base, both post-stratified to the mix of the answers of both together, by stratum.

    A stratum without answers on a side is merged there with its neighbour (`case_mix`). Reasons: NOT_APPLICABLE where
    the metric is not defined, NO_ANSWERS, NO_BASELINE, TOO_FEW for an interval. Raises KeyError for an unknown metric
    and ValueError for an answer that is not on the scale. Holt & Smith 1979; Zou & Donner 2008.
    """
    rule = METRICS[metric]
    if not rule.applies(scale):
        return AtOneMix(no_change(metric, rule.unit, Reason.NOT_APPLICABLE))
    strata, empty = list(dict.fromkeys([*current, *base])), Distribution({})
    units = [[levels(rule, side.get(one, empty), scale) for one in strata] for side in (current, base)]
    answered, compared_with = (sum(map(sum, unit)) for unit in units)
    if not (answered and compared_with):
        return AtOneMix(no_change(metric, rule.unit, Reason.NO_BASELINE if answered else Reason.NO_ANSWERS))
    return _at_one_mix(units, metric, scale, margin, confidence)


def _at_one_mix(
    units: Sequence[Sequence[Sequence[int]]], metric: str, scale: Scale, margin: float, confidence: float
) -> AtOneMix:
    rule = METRICS[metric]
    factor = _PERCENT if rule.kind is Kind.SHARES else 1.0
    numbers = [number / factor for number in sorted(set(rule.numbers(scale).values()))]
    one, other = case_mix(units, numbers, confidence=confidence)
    difference = factor * ((one.estimate or 0.0) - (other.estimate or 0.0))
    first, second = _triple(one, factor), _triple(other, factor)
    interval = square_and_add(first, second) if first and second else None
    limit = margin_on(margin, rule.unit, rule.bounds(scale))
    comparison = judged(difference, interval, limit, metric, rule.unit, "post_stratified", None)
    two = rule.kind is Kind.SHARES and len(numbers) == 2
    return AtOneMix(comparison, mantel_haenszel(_tables(units)) if two else None)


def _triple(adjusted: Adjusted, factor: float) -> tuple[float, float, float] | None:
    """The estimate with its interval in the unit of the metric; None without one."""
    if adjusted.estimate is None or adjusted.interval is None:
        return None
    low, high = adjusted.interval
    return factor * adjusted.estimate, factor * low, factor * high


def _tables(units: Sequence[Sequence[Sequence[int]]]) -> list[list[list[int]]]:
    """A table a stratum: a row a side, satisfied before not satisfied."""
    return [[[yes, no] for no, yes in stratum] for stratum in zip(*units, strict=True)]
