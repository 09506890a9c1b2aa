"""The control chart of a series: chosen by rule, limits from a frozen baseline, signals as events."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.statistics.control_charts.limits import ShareLimits, laney_p, p_chart, xmr
from analysis.statistics.control_charts.moving import Ewma, ewma
from analysis.statistics.control_charts.rules import Series, run_rules
from analysis.statistics.control_charts.signals import Signal, ewma_signals, signals
from analysis.types import Reason

FEWEST = 12
"""Points with answers that a baseline needs (STATISTICS.md)."""

Window = tuple[int, int]


class ChartKind(StrEnum):
    P = "p"
    LANEY = "laney_p"
    XMR = "xmr"


@dataclass(frozen=True, slots=True)
class ControlChart:
    """One stretch of a series under one wording; every index is that of the whole series.

    `values`, `upper`, `lower` have one entry for each point of `first`…`last` (both inside), None where
    nothing was answered or no limit could be set; shares as 0…1. `ewma` is in standard deviations from the
    centre line for shares, in the values' unit for means. With `reason` there are no limits and no signals.
    """

    kind: ChartKind
    first: int
    last: int
    baseline: Window
    frozen: bool  # a named person chose the baseline; otherwise all points of the stretch are it
    values: tuple[float | None, ...]
    center: float | None = None
    upper: tuple[float | None, ...] = ()
    lower: tuple[float | None, ...] = ()
    sigma_z: float | None = None
    ewma: Ewma | None = None
    signals: tuple[Signal, ...] = ()
    reason: Reason | None = None


def share_charts(
    x: Sequence[int], n: Sequence[int], baseline: Window | None = None, breaks: Iterable[int] = ()
) -> tuple[ControlChart, ...]:
    """Charts of the shares x/n, one for each stretch between `breaks` (indexes at which a new one begins).

    A plain p chart while Laney's sigma_z is within chance of 1, else p′ (see `chance_of_one`). `baseline` is
    the frozen window, both ends inside; a stretch without it has all its points as baseline. Fewer than 12
    points with answers there: TOO_FEW; only 0 % or only 100 % there: NO_SPREAD. Raises ValueError for counts outside 0 ≤ x ≤ n.
    """
    parts = stretches(len(x), baseline, breaks)
    return tuple(_share_chart(x, n, part, window, frozen) for part, window, frozen in parts)


def mean_charts(
    values: Series, baseline: Window | None = None, breaks: Iterable[int] = ()
) -> tuple[ControlChart, ...]:
    """XmR charts of a series of means in their own unit, None where nothing was answered.

    Baseline, breaks and reasons as `share_charts`.
    """
    parts = stretches(len(values), baseline, breaks)
    return tuple(_mean_chart(values, part, window, frozen) for part, window, frozen in parts)


def chance_of_one(sigma_z: float, points: int) -> bool:
    """Whether a sigma_z from so many points is compatible with 1, i.e. with binomial variation alone.

    Within 1.96 standard errors, var(MRbar/d2) = (0.8264 m − 1.082)/(m − 1)² for m independent points
    (Cryer & Ryan 1990, J. Qual. Technol. 22:187).
    """
    return abs(sigma_z - 1) <= 1.96 * math.sqrt(0.8264 * points - 1.082) / (points - 1)


def stretches(
    length: int, baseline: Window | None, breaks: Iterable[int]
) -> list[tuple[Window, Window, bool]]:
    """(stretch, its baseline, frozen) for each stretch, both ends inside; nothing for an empty series."""
    edges = sorted({0, length, *(one for one in breaks if 0 < one < length)})
    found = []
    for first, after in zip(edges, edges[1:], strict=False):
        part = (first, after - 1)
        low, high = (max(first, baseline[0]), min(after - 1, baseline[1])) if baseline else (1, 0)
        frozen = low <= high
        found.append((part, (low, high) if frozen else part, frozen))
    return found


def _share_chart(
    x: Sequence[int], n: Sequence[int], part: Window, window: Window, frozen: bool
) -> ControlChart:
    x, n = x[part[0] : part[1] + 1], n[part[0] : part[1] + 1]
    values = tuple(a / b if b else None for a, b in zip(x, n, strict=True))
    base = slice(window[0] - part[0], window[1] - part[0] + 1)
    points = sum(whole > 0 for whole in n[base])
    bare = ControlChart(ChartKind.P, *part, window, frozen, values, reason=Reason.TOO_FEW)
    if points < FEWEST:
        return bare
    limits, laney = p_chart(x, n, baseline=base), laney_p(x, n, baseline=base)
    if laney.sigma_z is None:
        return replace(bare, center=limits.center, reason=laney.reason)
    if chance_of_one(laney.sigma_z, points):
        return _drawn(ChartKind.P, bare, limits, laney.sigma_z)
    return _drawn(ChartKind.LANEY, bare, laney, laney.sigma_z)


def _drawn(kind: ChartKind, bare: ControlChart, limits: ShareLimits, sigma_z: float | None) -> ControlChart:
    sigma = limits.sigma_z or 0.0
    average = ewma(limits.z, 0.0, sigma)
    found = signals(run_rules(limits.z, 0.0, sigma), limits.z, 0.0, sigma)
    found += ewma_signals(average.signals, limits.z, 0.0)
    return replace(
        bare,
        kind=kind,
        center=limits.center,
        upper=limits.upper,
        lower=limits.lower,
        sigma_z=sigma_z,
        ewma=average,
        signals=_shifted(found, bare.first),
        reason=None,
    )


def _mean_chart(values: Series, part: Window, window: Window, frozen: bool) -> ControlChart:
    inside = tuple(values[part[0] : part[1] + 1])
    base = slice(window[0] - part[0], window[1] - part[0] + 1)
    limits = xmr(inside, base)
    center, sigma = limits.center, limits.sigma
    bare = ControlChart(ChartKind.XMR, *part, window, frozen, inside, reason=Reason.TOO_FEW)
    if center is None or sigma is None or sum(one is not None for one in inside[base]) < FEWEST:
        return bare
    average = ewma(inside, center, sigma)
    found = signals(limits.rules, inside, center, sigma)
    found += ewma_signals(average.signals, inside, center)
    return replace(
        bare,
        center=center,
        upper=tuple(None if one is None else limits.upper for one in inside),
        lower=tuple(None if one is None else limits.lower for one in inside),
        ewma=average,
        signals=_shifted(found, part[0]),
        reason=None,
    )


def _shifted(found: tuple[Signal, ...], by: int) -> tuple[Signal, ...]:
    """The signals of a stretch with the indexes of the whole series, in time order."""
    moved = [Signal(one.rule, one.first + by, one.last + by, one.side, one.length) for one in found]
    return tuple(sorted(moved, key=lambda one: (one.first, one.last)))
