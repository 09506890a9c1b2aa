"""Whether a target is reached: by the interval, never by the bare figure."""

from __future__ import annotations

from enum import StrEnum

from analysis.types import Estimate


class Standing(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


def attainment(estimate: Estimate, target: float, *, at_most: bool = False) -> Standing:
    """MET where the whole interval is at the target or above (`at_most`: at it or below), NOT_MET where none of it is.

    Anything else cannot be told, also an estimate without value or interval. The target is in the metric's unit.
    """
    if estimate.low is None or estimate.high is None:
        return Standing.CANNOT_TELL
    worst, best = (-estimate.high, -estimate.low) if at_most else (estimate.low, estimate.high)
    wanted = -target if at_most else target
    if worst >= wanted:
        return Standing.MET
    return Standing.NOT_MET if best < wanted else Standing.CANNOT_TELL
