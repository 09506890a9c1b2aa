"""What a metric is: where it is defined, how it is computed, how two of it are compared."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.statistics.choose import Kind, Tested
from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.types import Distribution, Estimate, Reason, Scale, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval, where one can be computed."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Current minus base: the difference, its interval and how that is computed, and the test chosen."""

    difference: float
    interval: Interval | None
    method: str
    test: Tested


class Metric(ABC):
    """One way to make a figure out of a distribution. Call it with (distribution, scale)."""

    name: str
    unit: Unit
    kind: Kind

    @abstractmethod
    def applies(self, scale: Scale) -> bool:
        """Whether the metric is defined for the scale."""

    @abstractmethod
    def bounds(self, scale: Scale) -> tuple[float, float]:
        """The smallest and the largest value it can take."""

    @abstractmethod
    def numbers(self, scale: Scale) -> Mapping[str, float]:
        """What each value counts for: the figure is their mean."""

    @abstractmethod
    def compute(self, distribution: Distribution, scale: Scale, confidence: float) -> Figure | None:
        """The figure of answers that lie on a scale it applies to; None without answers."""

    @abstractmethod
    def compare(
        self, current: Distribution, base: Distribution, scale: Scale, confidence: float
    ) -> Contrast | None:
        """current − base of independent persons; None when either has no answers."""

    def __call__(self, distribution: Distribution, scale: Scale, confidence: float = CONFIDENCE) -> Estimate:
        """The estimate; None with a reason where the metric is not defined or nobody answered.

        A question with several answers a person (`distribution.answered`) has shares, not this figure.
        Raises ValueError for an answer that is not on the scale.
        """
        figure, reason = None, Reason.NOT_APPLICABLE
        if self.applies(scale) and distribution.answered is None:
            check_on_scale(distribution, scale)
            figure, reason = self.compute(distribution, scale, confidence), Reason.NO_ANSWERS
        low, high = (figure.interval if figure else None) or (None, None)
        return Estimate(
            value=figure.value if figure else None,
            low=low,
            high=high,
            n=distribution.n,
            unit=self.unit,
            metric=self.name,
            reason=None if figure else reason,
            confidence=confidence,
            bounds=self.bounds(scale),
        )


def check_on_scale(distribution: Distribution, scale: Scale) -> None:
    """Raise ValueError for a negative count and for answers that the scale does not have."""
    for key, count in distribution.counts.items():
        if count < 0:
            raise ValueError(f"the count of {key!r} is negative")
        if count and key not in scale.values:
            raise ValueError(f"the value {key!r} is not on the scale {list(scale.values)}")
