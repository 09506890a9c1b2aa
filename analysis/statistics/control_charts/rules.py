"""Run rules: which points of a series belong to a pattern that chance alone rarely makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SLACK = 1e-9  # relative; differences below are rounding, not a signal
RUN = 8
TREND = 6

Series = Sequence[float | None]
Fires = Callable[[Sequence[float], int], bool]


@dataclass(frozen=True, slots=True)
class Rules:
    """Indexes at which each rule fires, rising."""

    rule1: tuple[int, ...] = ()
    rule2of3: tuple[int, ...] = ()
    rule4of5: tuple[int, ...] = ()
    rule8: tuple[int, ...] = ()
    trend6: tuple[int, ...] = ()


def run_rules(values: Series, center: float, sigma: float) -> Rules:
    """The five rules on a series with its centre line and standard deviation (both in the series' unit).

    A rule fires at i when i itself is in the pattern: beyond 3 sigma; at least 2 of the last 3 beyond 2 sigma,
    4 of the last 5 beyond 1 sigma, on the side of i; 8 in a row strictly on one side; 6 strictly rising or
    falling. Missing points (None) are left out as if the others were neighbours; indexes are those of
    `values`. Sources: Western Electric 1956; Nelson 1984 (J. Qual. Technol. 16:237); ISO 7870-2.
    """
    known = [index for index, value in enumerate(values) if value is not None]
    series = [value - center for value in values if value is not None]
    slack = SLACK * max(1.0, abs(center))
    tests: dict[str, Fires] = {
        "rule1": lambda part, i: abs(part[i]) > 3 * sigma + slack,
        "rule2of3": lambda part, i: _most(part, i, 2, 3, 2 * sigma + slack),
        "rule4of5": lambda part, i: _most(part, i, 4, 5, sigma + slack),
        "rule8": lambda part, i: _most(part, i, RUN, RUN, slack),
        "trend6": lambda part, i: _steady(part, i, slack),
    }
    return Rules(**{name: tuple(_where(known, series, fires)) for name, fires in tests.items()})


def _where(known: Sequence[int], series: Sequence[float], fires: Fires) -> Iterator[int]:
    return (index for place, index in enumerate(known) if fires(series, place))


def _most(series: Sequence[float], i: int, least: int, window: int, beyond: float) -> bool:
    """Whether i is beyond and at least `least` of the last `window` points are, on its side."""
    side = 1 if series[i] > 0 else -1
    last = series[max(0, i - window + 1) : i + 1]
    return side * series[i] > beyond and sum(side * value > beyond for value in last) >= least


def _steady(series: Sequence[float], i: int, slack: float) -> bool:
    if i < TREND - 1:
        return False
    steps = [series[j] - series[j - 1] for j in range(i - TREND + 2, i + 1)]
    return min(steps) > slack or max(steps) < -slack
