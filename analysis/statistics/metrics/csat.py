"""CSAT: percent of the answers that count as satisfied (ISO 10004:2018), with Wilson's interval."""

from __future__ import annotations

from analysis.statistics.intervals import scaled
from analysis.statistics.metrics.base import Contrast, Figure, Metric
from analysis.statistics.proportion import newcombe, wilson
from analysis.statistics.shares_compared import shares_test
from analysis.types import Distribution, Scale, Unit


class Csat(Metric):
    """Which values count as satisfied is the scale's, not the metric's."""

    name = "csat"
    unit = Unit.PERCENT

    def applies(self, scale: Scale) -> bool:
        return bool(scale.satisfied) and scale.satisfied <= scale.values.keys()

    def bounds(self, scale: Scale) -> tuple[float, float]:
        return 0.0, 100.0

    def compute(self, distribution: Distribution, scale: Scale, confidence: float) -> Figure | None:
        x, n = _satisfied(distribution, scale), distribution.n
        interval = wilson(x, n, confidence)
        return Figure(100 * x / n, scaled(interval, 100)) if interval else None

    def compare(
        self, current: Distribution, base: Distribution, scale: Scale, confidence: float
    ) -> Contrast | None:
        x1, n1, x2, n2 = _satisfied(current, scale), current.n, _satisfied(base, scale), base.n
        interval = newcombe(x1, n1, x2, n2, confidence)
        if interval is None:
            return None
        p = shares_test(x1, n1, x2, n2).p
        return Contrast(100 * (x1 / n1 - x2 / n2), scaled(interval, 100), p, "newcombe")


def _satisfied(distribution: Distribution, scale: Scale) -> int:
    return sum(count for key, count in distribution.counts.items() if key in scale.satisfied)


csat = Csat()
