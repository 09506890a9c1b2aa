"""Cells for values with intervals that are no estimates of one metric."""

from __future__ import annotations

from analysis.statistics.intervals import Interval
from analysis.wording.numbers import ABSENT, number
from survey.results.tables import Cell


def told(value: float | None, decimals: int, *, signed: bool = False) -> Cell:
    if value is None:
        return Cell(ABSENT, None)
    return Cell(number(value, decimals, signed=signed), round(value, 4))


def measured(
    value: float | None, interval: Interval | None, decimals: int, *, signed: bool = False
) -> list[Cell]:
    """The value and both ends."""
    low, high = interval or (None, None)
    return [told(one, decimals, signed=signed) for one in (value, low, high)]
