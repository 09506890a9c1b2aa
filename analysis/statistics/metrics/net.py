"""Net scores in points: NPS and sentiment balance, with the adjusted Wald interval (Rocks 2016)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.statistics.balance import Parts, adjusted_wald, net_difference, net_score
from analysis.statistics.choose import Design, Kind, Tested, choose
from analysis.statistics.intervals import square_and_add
from analysis.statistics.metrics.base import Contrast, Figure, Metric
from analysis.types import Distribution, Scale, Unit

SENTIMENTS = Scale({"negative": -1, "neutral": 0, "positive": 1}, frozenset({"positive"}))
"""The scale of comments' sentiment, for `sentiment_balance`."""


@dataclass(frozen=True)
class Net(Metric):
    """Percent at or above `up` minus percent below `middle`, on exactly the scale `points`."""

    name: str
    points: tuple[float, ...]
    up: float
    middle: float
    unit = Unit.POINTS
    kind = Kind.NET

    def applies(self, scale: Scale) -> bool:
        return tuple(sorted(scale.values.values())) == self.points and not scale.reverse

    def bounds(self, scale: Scale) -> tuple[float, float]:
        return -100.0, 100.0

    def numbers(self, scale: Scale) -> dict[str, float]:
        return {
            key: 100.0 * ((number >= self.up) - (number < self.middle))
            for key, number in scale.values.items()
        }

    def compute(self, distribution: Distribution, scale: Scale, confidence: float) -> Figure | None:
        parts = self.parts(distribution, scale)
        score, interval = net_score(parts), adjusted_wald(parts, confidence)
        if score is None or interval is None:
            return None
        # the interval of a single answer is widened to hold it
        return Figure(score, (min(score, interval[0]), max(score, interval[1])))

    def compare(
        self, current: Distribution, base: Distribution, scale: Scale, confidence: float
    ) -> Contrast | None:
        figure1, figure2 = self.compute(current, scale, confidence), self.compute(base, scale, confidence)
        if not (figure1 and figure2 and figure1.interval and figure2.interval):
            return None
        interval = square_and_add((figure1.value, *figure1.interval), (figure2.value, *figure2.interval))
        test = net_difference(self.parts(current, scale), self.parts(base, scale))
        tested = Tested(choose(Design(self.kind)), test.z, None, test.p, None, test.reason)
        return Contrast(figure1.value - figure2.value, interval, "adjusted_wald", tested)

    def parts(self, distribution: Distribution, scale: Scale) -> Parts:
        """The answers split into up, middle and down."""
        up = middle = down = 0
        for key, count in distribution.counts.items():
            number = scale.values.get(key, self.middle)  # off the scale only with count 0
            if number >= self.up:
                up += count
            elif number >= self.middle:
                middle += count
            else:
                down += count
        return Parts(up, middle, down)


nps = Net("nps", tuple(float(number) for number in range(11)), up=9, middle=7)
sentiment_balance = Net("sentiment_balance", (-1.0, 0.0, 1.0), up=1, middle=0)
