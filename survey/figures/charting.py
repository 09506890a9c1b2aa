"""A series of periods as a control chart: limits from the frozen baseline, or from the usual one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.statistics.control_charts import FEWEST, ControlChart, mean_charts, share_charts, usual_baseline
from analysis.types import Group, Unit
from survey.models import Baseline, Grain
from survey.processing.cuts import period_start


def window_of(periods: Sequence[Group], held: Baseline, grain: Grain) -> tuple[int, int] | None:
    """The frozen days as places among the periods; None where they hold too few to judge by."""
    begin = period_start(held.first_on, grain)
    inside = [
        place
        for place, period in enumerate(periods)
        if begin <= date.fromisoformat(period.key) <= held.last_on and period.estimate.value is not None
    ]
    return (inside[0], inside[-1]) if len(inside) >= FEWEST else None


def chart_of(periods: Sequence[Group], window: tuple[int, int] | None) -> ControlChart:
    values = [period.estimate.value for period in periods]
    window = window or usual_baseline(values)
    if periods[0].estimate.unit is not Unit.PERCENT:
        return mean_charts(values, window)[0]
    n = [0 if period.estimate.value is None else period.estimate.n for period in periods]
    x = [round((value or 0.0) * size / 100) for value, size in zip(values, n, strict=True)]
    return share_charts(x, n, window)[0]
