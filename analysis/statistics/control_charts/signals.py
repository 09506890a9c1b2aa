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


def ewma_signals(outside: Sequence[int], values: Series, mu0: float) -> tuple[Signal, ...]:
    """The stretches at which the moving average of `values` is outside; each from where the shift most likely began.

    That is the t with the greatest (T − t)(mean of t…T − mu0)², T being the first point outside: maximum likelihood
    for a step (Samuel, Pignatiello & Calvin 1998, Qual. Eng. 10:521).
    """
    known = [i for i, value in enumerate(values) if value is not None]
    place = {index: order for order, index in enumerate(known)}
    series = [value - mu0 for value in values if value is not None]
    spans = [(*_step(series, place[i]), place[i]) for i in outside]
    joined = _joined([(first, last, side) for first, side, last in spans])
    return tuple(_signal(Rule.EWMA, known, span) for span in joined)


def _step(series: Sequence[float], at: int) -> tuple[int, Side]:
    """The likeliest first point of a step that is seen at `at`, and its side."""
    best, strength, total, side = at, 0.0, 0.0, Side.UP
    for first in range(at, -1, -1):
        total += series[first]
        if total * total / (at - first + 1) > strength:
            best, strength = first, total * total / (at - first + 1)
            side = Side.UP if total > 0 else Side.DOWN
    return best, side


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
