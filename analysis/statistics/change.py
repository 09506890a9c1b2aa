"""Differences of independent groups or periods, and what may be said about them."""

from __future__ import annotations

from analysis.statistics.intervals import CONFIDENCE, Interval, square_and_add
from analysis.statistics.metrics import METRICS
from analysis.statistics.metrics.base import check_on_scale
from analysis.types import Comparison, Distribution, Estimate, Reason, Scale, Unit, Verdict

MARGIN = 5.0
"""Differences within ± this many points (on a scale of its own: hundredths of its length) are unimportant."""


def difference(
    current: Distribution,
    base: Distribution | None,
    metric: str,
    scale: Scale,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> Comparison:
    """current − base in the metric's unit, with interval and verdict.

    Newcombe's interval for shares, Welch's for means; for net scores two adjusted Wald intervals squared and
    added, with P by the z test. Reasons: NOT_APPLICABLE, NO_ANSWERS (current), NO_BASELINE, and TOO_FEW where
    a difference exists but no interval. For hidden cells take `no_change(metric, unit, Reason.SUPPRESSED)`.
    """
    rule = METRICS[metric]
    if _several(current, base) or not rule.applies(scale):
        return no_change(metric, rule.unit, Reason.NOT_APPLICABLE)
    if current.n == 0:
        return no_change(metric, rule.unit, Reason.NO_ANSWERS)
    check_on_scale(current, scale)
    check_on_scale(base or Distribution({}), scale)
    contrast = rule.compare(current, base, scale, confidence) if base else None
    if contrast is None:
        return no_change(metric, rule.unit, Reason.NO_BASELINE)
    limit = margin_on(margin, rule.unit, rule.bounds(scale))
    return judged(
        contrast.difference, contrast.interval, limit, metric, rule.unit, contrast.method, contrast.test.p
    )


def _several(*of: Distribution | None) -> bool:
    """Whether one person may have given several of the answers."""
    return any(one is not None and one.answered is not None for one in of)


def between(current: Estimate, base: Estimate, *, margin: float = MARGIN) -> Comparison:
    """current − base from two finished estimates, by squaring and adding their intervals; no P.

    For shares and net scores the interval is that of `difference`, for means close to Welch's.
    Where either has no value its reason is kept (a base nobody answered: NO_BASELINE).
    Raises ValueError for different metrics or scales, which are never compared.
    """
    if (current.metric, current.unit, current.bounds) != (base.metric, base.unit, base.bounds):
        raise ValueError(f"{current.metric} and {base.metric} are not on one scale")
    if current.value is None or base.value is None:
        missing = Reason.NO_BASELINE if base.reason is Reason.NO_ANSWERS else base.reason
        return no_change(current.metric, current.unit, current.reason or missing or Reason.NO_BASELINE)
    first, second = triple(current), triple(base)
    interval = square_and_add(first, second) if first and second else None
    limit = margin_on(margin, current.unit, current.bounds)
    return judged(
        current.value - base.value, interval, limit, current.metric, current.unit, "square_and_add", None
    )


def no_change(metric: str, unit: Unit, reason: Reason) -> Comparison:
    """The comparison that cannot be made, and why."""
    return Comparison(None, None, None, unit, Verdict.CANNOT_TELL, "none", None, reason, metric)


def triple(estimate: Estimate) -> tuple[float, float, float] | None:
    """(value, low, high), or None where one of them is missing."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    return estimate.value, estimate.low, estimate.high


def margin_on(margin: float, unit: Unit, bounds: tuple[float, float] | None) -> float:
    """The margin in the unit of the metric."""
    if unit is not Unit.SCALE or bounds is None:
        return margin
    return margin * (bounds[1] - bounds[0]) / 100


def judged(
    value: float,
    interval: Interval | None,
    margin: float,
    metric: str,
    unit: Unit,
    method: str,
    p: float | None,
) -> Comparison:
    """The difference with the verdict that its interval allows; TOO_FEW where there is none."""
    if interval is None:
        return Comparison(value, None, None, unit, Verdict.CANNOT_TELL, method, p, Reason.TOO_FEW, metric)
    low, high = interval
    verdict = Verdict.CANNOT_TELL
    if low > 0 or high < 0:
        verdict = Verdict.LIKELY_REAL
    elif -margin <= low and high <= margin:
        verdict = Verdict.NO_IMPORTANT_DIFFERENCE
    return Comparison(value, low, high, unit, verdict, method, p, None, metric)
