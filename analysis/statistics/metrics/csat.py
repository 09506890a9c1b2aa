"""CSAT: percent of the answers that count as satisfied (ISO 10004:2018), with Wilson's interval."""

from __future__ import annotations

from analysis.statistics.choose import Kind
from analysis.statistics.intervals import scaled
from analysis.statistics.metrics.base import Contrast, Figure, Metric
from analysis.statistics.proportion import newcombe, wilson
from analysis.statistics.shares_compared import shares_test
from analysis.types import Distribution, Scale, Unit


class Csat(Metric):
    """Which values count as satisfied is the scale's, not the metric's."""

    name = "csat"
    unit = Unit.PERCENT
    kind = Kind.SHARES

    def applies(self, scale: Scale) -> bool:
        return bool(scale.satisfied) and scale.satisfied <= scale.values.keys()

    def bounds(self, scale: Scale) -> tuple[float, float]:
        return 0.0, 100.0

    def numbers(self, scale: Scale) -> dict[str, float]:
        return {key: 100.0 * (key in scale.satisfied) for key in scale.values}

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
        test = shares_test(x1, n1, x2, n2)
        return Contrast(100 * (x1 / n1 - x2 / n2), scaled(interval, 100), "newcombe", test)


def _satisfied(distribution: Distribution, scale: Scale) -> int:
    return sum(count for key, count in distribution.counts.items() if key in scale.satisfied)


csat = Csat()
