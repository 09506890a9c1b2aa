"""Signals of one side that overlap are one event: a shift shows itself by several rules at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.control_charts.chart import FEWEST
from analysis.statistics.control_charts.rules import Series
from analysis.statistics.control_charts.signals import Rule, Side, Signal

AGREEING = 3
"""Different rules that must agree before a change is called likely: on stable series, 24 of 52 points their baseline,
8 in 100 charts have such an event while 51 have some signal; a step of .1 from .8 (n = 60) ten points ago is seen in 99."""

SHORTEST, LONGEST = FEWEST, 24

_STRONGEST = (Rule.RUN, Rule.BEYOND, Rule.EWMA, Rule.FOUR_OF_FIVE, Rule.TWO_OF_THREE, Rule.TREND)


@dataclass(frozen=True, slots=True)
class Event:
    """Signals that tell of the same thing, strongest rule first; `first`…`last` are the indexes they span."""

    first: int
    last: int
    side: Side
    signals: tuple[Signal, ...]

    @property
    def main(self) -> Signal:
        """The signal by which the event is told."""
        return self.signals[0]

    @property
    def likely(self) -> bool:
        """Whether so many different rules agree that a change is likely."""
        return len({signal.rule for signal in self.signals}) >= AGREEING


def events(signals: Sequence[Signal]) -> tuple[Event, ...]:
    """The signals joined where they overlap or touch on one side, in the order of their first points."""
    joined: list[list[Signal]] = []
    for signal in sorted(signals, key=lambda one: (one.side, one.first, one.last)):
        last = joined[-1] if joined else []
        if last and last[0].side is signal.side and signal.first <= max(one.last for one in last) + 1:
            last.append(signal)
        else:
            joined.append([signal])
    return tuple(sorted(map(_event, joined), key=lambda event: (event.first, event.last)))


def usual_baseline(values: Series) -> tuple[int, int] | None:
    """The first half of the points that are there, at least 12 and at most 24 of them, as first and last index.

    None where there are fewer than 12. So a change in the second half is judged by what was before it.
    """
    known = [index for index, value in enumerate(values) if value is not None]
    wanted = min(max(SHORTEST, math.ceil(len(known) / 2)), LONGEST)
    return (known[0], known[wanted - 1]) if len(known) >= SHORTEST else None


def _event(signals: Sequence[Signal]) -> Event:
    ordered = sorted(signals, key=lambda one: (_STRONGEST.index(one.rule), -one.length, one.first))
    first, last = min(one.first for one in signals), max(one.last for one in signals)
    return Event(first, last, ordered[0].side, tuple(ordered))
