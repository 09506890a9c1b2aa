"""Error bars: every whisker of the house looks the same and means an interval's ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.types import Estimate
from analysis.wording.numbers import within

Ends = tuple[float | None, float | None]
UNKNOWN: Ends = (None, None)


def around(
    values: Sequence[float],
    ends: Sequence[Ends | None],
    colour: str,
    thickness: float = 2,
    width: int = 5,
) -> dict[str, Any]:
    """From each value to the ends of its interval, in the unit of the axis; `thickness` and `width` in pixels.

    An end that is not known, or that the value itself lies beyond, has no whisker.
    """
    known = [(value, *(both or UNKNOWN)) for value, both in zip(values, ends, strict=True)]
    return {
        "type": "data",
        "symmetric": False,
        "arrayminus": [0.0 if low is None else max(0.0, value - low) for value, low, _ in known],
        "array": [0.0 if high is None else max(0.0, high - value) for value, _, high in known],
        "thickness": thickness,
        "width": width,
        "color": colour,
    }


def whiskers(
    estimates: Sequence[Estimate], colour: str, thickness: float = 2, width: int = 5
) -> dict[str, Any]:
    """Cut at the ends of the scale; none where there is no value."""
    values = [estimate.value or 0.0 for estimate in estimates]
    return around(values, [_ends(estimate) for estimate in estimates], colour, thickness, width)


def _ends(estimate: Estimate) -> Ends:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return UNKNOWN
    return within(estimate.low, estimate), within(estimate.high, estimate)
