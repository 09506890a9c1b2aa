"""Numbers as people read them. The decimal point is a point in all three languages."""

from __future__ import annotations

from analysis.types import Estimate, Unit
from analysis.wording.languages import phrase

ABSENT = "–"
_DECIMALS = {Unit.PERCENT: 1, Unit.POINTS: 0, Unit.SCALE: 2, Unit.SCORE: 1}


def number(value: float, decimals: int, *, signed: bool = False) -> str:
    """A number with a true minus sign and never a negative zero; `signed` marks positive ones with +."""
    text = f"{abs(value):.{decimals}f}"
    if not text.strip("0."):
        return text
    sign = "−" if value < 0 else "+" if signed else ""
    return sign + text


def in_unit(value: float, unit: Unit) -> str:
    """A value in its unit: 84.0%, +47, 4.21, 80.3."""
    text = number(value, _DECIMALS[unit], signed=unit is Unit.POINTS)
    return f"{text}%" if unit is Unit.PERCENT else text


def figure(estimate: Estimate, locale: str) -> str:
    """The figure for a tile or a table; a dash when there is none (its reason is `reason_text`)."""
    phrase(locale, "to", low="", high="")  # a wrong language is an error here as everywhere
    return ABSENT if estimate.value is None else in_unit(estimate.value, estimate.unit)


def interval(estimate: Estimate, locale: str) -> str:
    """The interval for a tile or a table: 78.3% to 88.4%; a dash when there is none."""
    if estimate.low is None or estimate.high is None:
        return ABSENT
    low, high = (in_unit(within(end, estimate), estimate.unit) for end in (estimate.low, estimate.high))
    return phrase(locale, "to", low=low, high=high)


def within(value: float, estimate: Estimate) -> float:
    """The value cut at the ends of the scale: no reader believes an average of 5.2 out of 5."""
    if estimate.bounds is None:
        return value
    return min(max(value, estimate.bounds[0]), estimate.bounds[1])
