"""Means: on the question's own scale, on 0–100 and as CES 2.0, with Student's t interval."""

from __future__ import annotations

from analysis.statistics.choose import Design, Kind, Tested, choose
from analysis.statistics.means_compared import welch
from analysis.statistics.metrics.base import Contrast, Figure, Metric
from analysis.statistics.moments import Moments, moments, t_interval
from analysis.statistics.rescaling import on_100
from analysis.types import Distribution, Scale, Unit


class Mean(Metric):
    """Mean of the answers' numbers. One answer has a value and no interval; equal ones an interval of width 0.

    The interval is not cut at the ends of the scale (ISO 10004:2018).
    """

    name = "mean"
    unit = Unit.SCALE
    kind = Kind.SCORES

    def applies(self, scale: Scale) -> bool:
        low, high = scale.bounds
        return low < high

    def bounds(self, scale: Scale) -> tuple[float, float]:
        return scale.bounds

    def numbers(self, scale: Scale) -> dict[str, float]:
        return dict(scale.values)

    def compute(self, distribution: Distribution, scale: Scale, confidence: float) -> Figure | None:
        sample = self._sample(distribution, scale)
        return Figure(sample.mean, t_interval(sample, confidence)) if sample else None

    def compare(
        self, current: Distribution, base: Distribution, scale: Scale, confidence: float
    ) -> Contrast | None:
        sample1, sample2 = self._sample(current, scale), self._sample(base, scale)
        if sample1 is None or sample2 is None:
            return None
        test = welch(sample1, sample2, confidence)
        interval = None if test.low is None or test.high is None else (test.low, test.high)
        choice = choose(Design(self.kind, points=len(scale.values)))
        tested = Tested(choice, test.t, test.df, test.p, test.effect, test.reason)
        return Contrast(sample1.mean - sample2.mean, interval, "welch", tested)

    def _sample(self, distribution: Distribution, scale: Scale) -> Moments | None:
        return moments(distribution.counts, self.numbers(scale))


class Mean100(Mean):
    """100 (mean − min) / (max − min), 100 minus that on a reversed scale (GB/T 19038-2009; Fornell 1996)."""

    name = "mean_100"
    unit = Unit.SCORE

    def bounds(self, scale: Scale) -> tuple[float, float]:
        return 0.0, 100.0

    def numbers(self, scale: Scale) -> dict[str, float]:
        return {
            key: on_100(number, scale.bounds, reverse=scale.reverse) for key, number in scale.values.items()
        }


class Effort(Mean):
    """CES 2.0: mean of 1…7, "made it easy" (Dixon, Freeman & Toman 2010). No other scale has it."""

    name = "ces"

    def applies(self, scale: Scale) -> bool:
        return sorted(scale.values.values()) == [1, 2, 3, 4, 5, 6, 7] and not scale.reverse


mean, mean_100, ces = Mean(), Mean100(), Effort()
