"""How long something takes where some of it is not over yet: median, other quantiles, and shares within a limit.

What is not over yet is not left out: it has taken at least so long. Leaving it out, or counting it as over now, makes
every time look shorter than it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.tails import normal_quantile, outside
from analysis.types import Reason

Times = NDArray[np.float64]
Ended = NDArray[np.bool_]
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
    """`quantile_of` the times of these waits."""
    given = list(waits)
    times = np.array([wait.time for wait in given], dtype=np.float64)
    return quantile_of(times, np.array([wait.over for wait in given], dtype=np.bool_), share, confidence)


def quantile_of(times: Times, ended: Ended, share: float, confidence: float = CONFIDENCE) -> Quantile:
    """The time within which `share` (0…1, ends excluded) of all is over, with its interval. `ended`: which are over.

    Where all is over: the order statistic of rank ⌈n·share⌉ (midway to the next one where n·share is whole) and the exact
    interval by order statistics (`exact_ranks`).
    Else: from the Kaplan–Meier curve, with the interval of Brookmeyer & Crowley 1982 (Biometrics 38:29) on the log(−log)
    scale; it is None with TOO_FEW where fewer than `share` are over.
    Times are not negative. Raises ValueError for a share outside 0…1 and for negative or infinite times.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    if not (np.isfinite(times) & (times >= 0)).all():
        raise ValueError("times are finite and not negative")
    if not len(times):
        return Quantile(None, None, None, 0, 0, Reason.NO_ANSWERS)
    if ended.all():
        return _complete(np.sort(times), share, confidence)
    return _censored(times, ended, share, confidence)


def exact_ranks(n: int, share: float, confidence: float = CONFIDENCE) -> tuple[int | None, int | None]:
    """Ranks (1…n) of the order statistics between which the quantile lies, with at least this confidence.

    The lower is the largest rank l with P(X < l) ≤ α/2 and the upper the smallest u with P(X ≥ u) ≤ α/2 for X binomial with
    n and `share`; None where even the first or last value is not far enough out. No assumption on the shape of the times.
    Conover 1999, Practical Nonparametric Statistics, section 3.2; Hahn & Meeker 1991, Statistical Intervals, section 5.2.
    """
    tail = outside(confidence) / 2
    below = special.bdtr(np.arange(n), n, share)  # P(X <= k)
    lowest = int(np.searchsorted(below, tail, side="right"))  # P(X < l) = P(X <= l - 1)
    highest = np.flatnonzero(1 - below <= tail)
    return lowest or None, int(highest[0]) + 1 if len(highest) else None


def _complete(times: Times, share: float, confidence: float) -> Quantile:
    n = len(times)
    low, high = exact_ranks(n, share, confidence)
    rank = max(1, math.ceil(n * share - _SLACK))
    value = float(times[rank - 1])
    if abs(n * share - rank) < _SLACK and rank < n:
        value = (value + float(times[rank])) / 2
    ends = [float(times[rank - 1]) if rank else None for rank in (low, high)]
    return Quantile(value, ends[0], ends[1], n, n)


@dataclass(frozen=True, slots=True)
class _Curve:
    """At each time at which something ended: the share that is not over after it, with its band."""

    times: Times
    lasts: Times
    low: Times
    high: Times

    def first(self, shares: Times, most: float) -> int | None:
        below = np.flatnonzero(shares <= most)
        return int(below[0]) if len(below) else None

    def time(self, at: int | None) -> float | None:
        return None if at is None else float(self.times[at])


def _censored(times: Times, ended: Ended, share: float, confidence: float) -> Quantile:
    curve, n, over = _curve(times, ended, normal_quantile(confidence)), len(times), int(ended.sum())
    left = 1 - share + _SLACK
    low, high = (curve.time(curve.first(band, left)) for band in (curve.low, curve.high))
    at = curve.first(curve.lasts, left)
    if at is None:
        return Quantile(None, low, None, n, over, Reason.TOO_FEW)
    value = float(curve.times[at])
    if abs(curve.lasts[at] - (1 - share)) <= _SLACK and at + 1 < len(curve.times):
        value = (value + float(curve.times[at + 1])) / 2
    return Quantile(value, low, high, n, over)


def _curve(times: Times, ended: Ended, z: float) -> _Curve:
    """Kaplan & Meier 1958 (J. Am. Stat. Assoc. 53:457), with Greenwood's variance."""
    known, place, together = np.unique(times, return_inverse=True, return_counts=True)
    done = np.bincount(place, weights=ended, minlength=len(known))
    at_risk = len(times) - np.concatenate([[0], np.cumsum(together)[:-1]])
    left = at_risk - done
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(np.where(left > 0, done / (at_risk * left), 0.0))
    lasts = np.cumprod(left / at_risk)
    steps = done > 0
    return _Curve(known[steps], lasts[steps], *_band(lasts[steps], variance[steps], z))


def _band(lasts: Times, variance: Times, z: float) -> tuple[Times, Times]:
    """Nothing is known above a curve that has come down to nought."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = np.exp(z * np.sqrt(variance) / np.abs(np.log(lasts)))
        low, high = lasts**reach, lasts ** (1 / reach)
    return np.where(lasts > 0, low, 0.0), np.where(lasts > 0, high, 1.0)
