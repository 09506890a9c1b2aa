"""How long something takes where some of it is not over yet: median, other quantiles, and shares within a limit.

What is not over yet is not left out: it has taken at least so long. Leaving it out, or counting it as over now, makes
every time look shorter than it is.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from scipy import special

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.tails import normal_quantile, outside
from analysis.types import Reason

_SLACK = 1e-9  # of shares and ranks that are whole but for rounding


@dataclass(frozen=True, slots=True)
class Wait:
    """A time, in any unit, and whether it is over; one that is not has lasted so long until now."""

    time: float
    over: bool = True


@dataclass(frozen=True, slots=True)
class Quantile:
    """In the unit of the times. `value` is None exactly when `reason` says why; an end that is None is not known."""

    value: float | None
    low: float | None
    high: float | None
    n: int  # all, over or not
    over: int
    reason: Reason | None = None


def quantile(waits: Iterable[Wait], share: float, confidence: float = CONFIDENCE) -> Quantile:
    """The time within which `share` (0…1, ends excluded) of all is over, with its interval.

    Where all is over: the order statistic of rank ⌈n·share⌉ (midway to the next one where n·share is whole) and the exact
    interval by order statistics (`exact_ranks`).
    Else: from the Kaplan–Meier curve, with the interval of Brookmeyer & Crowley 1982 (Biometrics 38:29) on the log(−log)
    scale; it is None with TOO_FEW where fewer than `share` are over.
    Times are not negative. Raises ValueError for a share outside 0…1 and for negative or infinite times.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    given = sorted(waits, key=lambda wait: wait.time)
    if any(not 0 <= wait.time < math.inf for wait in given):
        raise ValueError("times are finite and not negative")
    over = sum(wait.over for wait in given)
    if not given:
        return Quantile(None, None, None, 0, 0, Reason.NO_ANSWERS)
    if over == len(given):
        return _complete([wait.time for wait in given], share, confidence)
    return _censored(given, over, share, confidence)


def exact_ranks(n: int, share: float, confidence: float = CONFIDENCE) -> tuple[int | None, int | None]:
    """Ranks (1…n) of the order statistics between which the quantile lies, with at least this confidence.

    The lower is the largest rank l with P(X < l) ≤ α/2 and the upper the smallest u with P(X ≥ u) ≤ α/2 for X binomial with
    n and `share`; None where even the first or last value is not far enough out. No assumption on the shape of the times.
    Conover 1999, Practical Nonparametric Statistics, section 3.2; Hahn & Meeker 1991, Statistical Intervals, section 5.2.
    """
    tail = outside(confidence) / 2
    below = [float(special.bdtr(k, n, share)) for k in range(n)]  # P(X <= k)
    lowest = bisect_right(below, tail)  # P(X < l) = P(X <= l - 1)
    highest = next((rank for rank in range(1, n + 1) if 1 - below[rank - 1] <= tail), None)
    return lowest or None, highest


def _complete(times: Sequence[float], share: float, confidence: float) -> Quantile:
    n = len(times)
    low, high = exact_ranks(n, share, confidence)
    rank = max(1, math.ceil(n * share - _SLACK))
    value = times[rank - 1]
    if abs(n * share - rank) < _SLACK and rank < n:
        value = (value + times[rank]) / 2
    return Quantile(value, times[low - 1] if low else None, times[high - 1] if high else None, n, n)


@dataclass(frozen=True, slots=True)
class _Step:
    time: float
    lasts: float  # the share that is not over after this time
    low: float
    high: float


def _censored(given: Sequence[Wait], over: int, share: float, confidence: float) -> Quantile:
    steps, n = _curve(given, normal_quantile(confidence)), len(given)
    left = 1 - share + _SLACK
    at = next((at for at, step in enumerate(steps) if step.lasts <= left), None)
    value = None if at is None else steps[at].time
    if at is not None and abs(steps[at].lasts - (1 - share)) <= _SLACK and at + 1 < len(steps):
        value = (steps[at].time + steps[at + 1].time) / 2
    low = next((step.time for step in steps if step.low <= left), None)
    high = next((step.time for step in steps if step.high <= left), None)
    if value is None:
        return Quantile(None, low, None, n, over, Reason.TOO_FEW)
    return Quantile(value, low, high, n, over)


def _curve(given: Sequence[Wait], z: float) -> list[_Step]:
    """Kaplan & Meier 1958 (J. Am. Stat. Assoc. 53:457), with Greenwood's variance."""
    steps, at_risk, lasts, variance = [], len(given), 1.0, 0.0
    for time, group in groupby(given, key=lambda wait: wait.time):
        those = list(group)
        ended = sum(wait.over for wait in those)
        if ended:
            lasts *= 1 - ended / at_risk
            variance += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
            steps.append(_Step(time, lasts, *_band(lasts, variance, z)))
        at_risk -= len(those)
    return steps


def _band(lasts: float, variance: float, z: float) -> tuple[float, float]:
    """Nothing is known above a curve that has come down to nought."""
    if lasts <= 0:
        return 0.0, 1.0
    reach = math.exp(z * math.sqrt(variance) / abs(math.log(lasts)))
    return lasts**reach, lasts ** (1 / reach)
