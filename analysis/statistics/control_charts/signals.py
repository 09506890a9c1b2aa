"""Run rules as events: which rule, from where to where, on which side, and where the change probably began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.statistics.control_charts.rules import RUN, TREND, Rules, Series


class Rule(StrEnum):
    """What was seen. The words are the wording's business."""

    BEYOND = "beyond_limits"
    TWO_OF_THREE = "two_of_three"
    FOUR_OF_FIVE = "four_of_five"
    RUN = "run"
    TREND = "trend"
    EWMA = "ewma"


class Side(StrEnum):
    """Above or below the centre line; of a trend, rising or falling."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Signal:
    """One pattern. `first`…`last` are the indexes of its points, both inside; a change began about `first`."""

    rule: Rule
    first: int
    last: int
    side: Side
    length: int  # points with answers from first to last


_WINDOWS = (
    (Rule.BEYOND, "rule1", 1, 3.0),
    (Rule.TWO_OF_THREE, "rule2of3", 3, 2.0),
    (Rule.FOUR_OF_FIVE, "rule4of5", 5, 1.0),
    (Rule.RUN, "rule8", RUN, 0.0),
    (Rule.TREND, "trend6", TREND, None),
)


def signals(rules: Rules, values: Series, center: float, sigma: float) -> tuple[Signal, ...]:
    """The firings of `rules` on `values`, neighbours of one side joined, in the order of their first points.

    A pattern begins at the first of its points that is as far out as the rule asks, so that a run of nine is
    one signal of nine points. Arguments as `run_rules`, whose result `rules` must be.
    """
    known = [i for i, value in enumerate(values) if value is not None]
    place = {index: order for order, index in enumerate(known)}
    series = [value - center for value in values if value is not None]
    found: list[Signal] = []
    for rule, name, window, beyond in _WINDOWS:
        spans = []
        for i in getattr(rules, name):
            at = place[i]
            side = _side(series, at, beyond)
            distance = None if beyond is None else beyond * sigma
            spans.append((_begin(series, at, window, side, distance), at, side))
        found += [_signal(rule, known, span) for span in _joined(spans)]
    return tuple(sorted(found, key=lambda signal: (signal.first, signal.last)))


def ewma_signals(outside: Sequence[int], z: Series, mu0: float) -> tuple[Signal, ...]:
    """The stretches at which the average is outside; each begins where it last left the side of mu0.

    Montgomery: the change is estimated at the first point after the statistic last crossed its target.
    """
    known = [i for i, value in enumerate(z) if value is not None]
    place = {index: order for order, index in enumerate(known)}
    series = [value - mu0 for value in z if value is not None]
    spans = []
    for i in outside:
        at = begin = place[i]
        while begin and series[begin - 1] * series[at] > 0:
            begin -= 1
        spans.append((begin, at, Side.UP if series[at] > 0 else Side.DOWN))
    return tuple(_signal(Rule.EWMA, known, span) for span in _joined(spans))


Span = tuple[int, int, Side]


def _side(series: Sequence[float], at: int, beyond: float | None) -> Side:
    measure = series[at] - series[at - 1] if beyond is None else series[at]
    return Side.UP if measure > 0 else Side.DOWN


def _begin(series: Sequence[float], at: int, window: int, side: Side, beyond: float | None) -> int:
    """The first point of the window that counts for the rule."""
    start = max(0, at - window + 1)
    if beyond is None:
        return start
    sign = 1 if side is Side.UP else -1
    return next(i for i in range(start, at + 1) if sign * series[i] > beyond)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans of one side that overlap or touch, as one."""
    joined: list[Span] = []
    for first, last, side in spans:
        if joined and joined[-1][2] is side and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last, side)
        else:
            joined.append((first, last, side))
    return joined


def _signal(rule: Rule, known: Sequence[int], span: Span) -> Signal:
    first, last, side = span
    return Signal(rule, known[first], known[last], side, last - first + 1)
