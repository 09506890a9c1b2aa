"""Did a measure work: the series before and after, with what would have been without it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.autoregression import reml
from analysis.statistics.change import MARGIN
from analysis.statistics.interrupted import Segmented, design, segmented
from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.tails import student_quantile
from analysis.types import Reason, Verdict

EACH_SIDE = 8
"""Points wanted before and after a change (STATISTICS.md; Wagner 2002)."""

REML_FROM = 12
"""Points from which the correlation of neighbours is estimated; below, plain least squares (Turner 2021)."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """A change with its interval, None where too few points give none."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a later point (0-based) would have been without the change, and what the fit says it is.

    The interval is that of the line, not of single points around it.
    """

    index: int
    without: float
    interval: Interval | None
    fitted: float


@dataclass(frozen=True, slots=True)
class SeriesEffect:
    """Jump, change of slope a point and the mean effect since, in the unit of the series.

    The verdict is on `effect`: the mean distance of the fitted line from the line without the change.
    """

    verdict: Verdict
    before: int
    after: int
    level: Change | None = None
    slope: Change | None = None
    effect: Change | None = None
    expected: tuple[Expected, ...] = ()
    rho: float | None = None  # correlation of neighbouring errors; None by plain least squares
    durbin_watson: float | None = None
    reason: Reason | None = None


def series_effect(
    values: Sequence[float | None],
    start: int,
    comparator: Sequence[float | None] | None = None,
    *,
    margin: float = MARGIN,
    confidence: float = CONFIDENCE,
) -> SeriesEffect:
    """Segmented regression of a series whose point `start` (0-based) is the first after the change.

    With a `comparator` series the differences to it are fitted, so that what happens to both cancels. From 12
    points on by REML with autocorrelated errors, below by least squares; intervals by t at n − 4. Fewer than 8 points on a
    side: cannot tell and TOO_FEW, below two there is no line at all; points that lie exactly on a line: NO_SPREAD.
    Raises ValueError for lengths that differ. Wagner et al. 2002; Lopez Bernal et al. 2017 (Int. J. Epidemiol.
    46:348); Turner et al. 2021 (BMC Med. Res. Methodol. 21:181).
    """
    if comparator is not None:
        values = [
            None if one is None or other is None else one - other
            for one, other in zip(values, comparator, strict=True)
        ]
    fit = segmented(values, start + 1)
    after = sum(value is not None for value in values[start:])
    if fit.terms["intercept"].value is None:
        return SeriesEffect(Verdict.CANNOT_TELL, fit.n - after, after, reason=fit.reason)
    return _told(fit, values, start, margin, confidence)


def _told(
    fit: Segmented, values: Sequence[float | None], start: int, margin: float, confidence: float
) -> SeriesEffect:
    ruler, rho = _ruler(fit, values, start, confidence)
    times = [i + 1 for i in range(start, len(values)) if values[i] is not None]
    lines = design(times, start + 1)
    effect = ruler.change(np.array([0, 0, 1, float(lines[:, 3].mean())]))
    few = min(len(times), fit.n - len(times)) < EACH_SIDE
    flat = effect.interval is not None and effect.interval[0] == effect.interval[1]
    reason = Reason.TOO_FEW if few or effect.interval is None else Reason.NO_SPREAD if flat else None
    return SeriesEffect(
        Verdict.CANNOT_TELL if reason else _verdict(effect, margin),
        fit.n - len(times),
        len(times),
        ruler.change(np.array([0.0, 0, 1, 0])),
        ruler.change(np.array([0.0, 0, 0, 1])),
        effect,
        tuple(ruler.expected(line, time - 1) for line, time in zip(lines, times, strict=True)),
        rho,
        fit.durbin_watson,
        reason,
    )


def _ruler(
    fit: Segmented, values: Sequence[float | None], start: int, confidence: float
) -> tuple[_Ruler, float | None]:
    """The terms with their covariance; Newey–West's is too small for series as short as these (decision 19)."""
    if fit.n < REML_FROM or fit.durbin_watson is None:
        beta = np.array([term.value for term in fit.terms.values()], dtype=float)
        return _Ruler(beta, fit.covariance, fit.df, confidence), None
    known = [(t, value) for t, value in enumerate(values, start=1) if value is not None]
    times = [t for t, _ in known]
    found = reml(design(times, start + 1), np.array([value for _, value in known], dtype=float), times)
    return _Ruler(found.beta, found.covariance, fit.df, confidence), found.rho


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Combinations of the fitted terms with their intervals."""

    beta: Vector
    covariance: Vector | None
    df: int
    confidence: float

    def change(self, weights: Vector) -> Change:
        value = float(weights @ self.beta)
        if self.covariance is None or self.df < 1:
            return Change(value, None)
        error = math.sqrt(max(0.0, float(weights @ self.covariance @ weights)))
        half = student_quantile(self.confidence, self.df) * error
        return Change(value, (value - half, value + half))

    def expected(self, line: Vector, index: int) -> Expected:
        without = self.change(np.array([line[0], line[1], 0, 0]))
        return Expected(index, without.value, without.interval, float(line @ self.beta))


def _verdict(effect: Change, margin: float) -> Verdict:
    low, high = effect.interval or (-math.inf, math.inf)
    if low > 0 or high < 0:
        return Verdict.LIKELY_REAL
    if -margin <= low and high <= margin:
        return Verdict.NO_IMPORTANT_DIFFERENCE
    return Verdict.CANNOT_TELL
