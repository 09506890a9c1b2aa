"""Numbers of any scale on 0–100."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class Rescaled:
    """Mean and standard deviation on 0–100."""

    score: float | None
    sd: float | None
    reason: Reason | None = None


def on_100(number: float, bounds: tuple[float, float], *, reverse: bool = False) -> float:
    """100 (number − min) / (max − min), 100 minus that on a reversed scale; the bounds must differ.

    GB/T 19038-2009; Fornell et al. 1996 (J. Mark. 60:7).
    """
    low, high = bounds
    best, worst = (low, high) if reverse else (high, low)
    return 100 * (number - worst) / (best - worst)


def rescale(
    mean: float | None, sd: float | None, bounds: tuple[float, float], *, reverse: bool = False
) -> Rescaled:
    """A mean on 0–100 and its standard deviation in the same units; None where it is, or the scale has one point."""
    low, high = bounds
    if mean is None or low == high:
        return Rescaled(None, None, Reason.NO_ANSWERS if mean is None else Reason.NOT_APPLICABLE)
    score = on_100(mean, bounds, reverse=reverse)
    return Rescaled(score, None if sd is None else sd * 100 / abs(high - low))
