"""A difference as a sentence, with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from analysis.statistics.change import between
from analysis.types import Comparison, Group, Reason, Unit, Verdict
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import figure, number

Against = Literal["before", "overall", "start"]

_DECIMALS = {Unit.PERCENT: 0, Unit.POINTS: 0, Unit.SCALE: 1, Unit.SCORE: 0}
_SAID_OF_A_CHANGE = (Reason.NO_ANSWERS, Reason.SUPPRESSED, Reason.NOT_APPLICABLE)
_NEITHER_GOOD_NOR_BAD = ("mean", "response_rate", "share")


def change_sentence(comparison: Comparison, locale: str, against: Against = "before") -> str:
    """The difference with its verdict in words, or why there is none."""
    values = {"than": phrase(locale, f"than_{against}"), "from_": phrase(locale, f"from_{against}")}
    return _told(comparison, locale, "", values)


def difference_sentence(comparison: Comparison, first: str, second: str, locale: str) -> str:
    """The same of two sides by their names, first minus second."""
    return _told(comparison, locale, "compared_", {"first": first, "second": second})


def points(value: float, unit: Unit, locale: str) -> str:
    """The size of a difference in words: 4 points."""
    return _points(number(abs(value), _DECIMALS[unit]), unit, locale)


def _told(comparison: Comparison, locale: str, sides: str, values: dict[str, str]) -> str:
    if comparison.difference is None:
        reason = comparison.reason or Reason.NO_BASELINE
        said = f"change_{reason}" if reason in _SAID_OF_A_CHANGE else f"reason_{reason}"
        return phrase(locale, said)
    values = values | parts_of(comparison, locale)
    even = "_even" if is_even(comparison) else ""
    if comparison.low is None or comparison.high is None:
        return phrase(locale, f"{sides}change_too_few{even}", **values)
    key = f"{sides}{comparison.verdict.value}"
    return phrase(locale, f"{key}{even}" if comparison.verdict is Verdict.CANNOT_TELL else key, **values)


def parts_of(comparison: Comparison, locale: str) -> dict[str, str]:
    """The difference and its ends in words, as far as they are there: change, low, high.

    The ends of a difference that is likely real are amounts, those of any other say better or worse themselves.
    """
    if comparison.difference is None:
        return {}
    decimals = _decimals(comparison)
    parts = {"change": _step(comparison, comparison.difference, decimals, locale)}
    if comparison.low is None or comparison.high is None:
        return parts
    if comparison.verdict is Verdict.LIKELY_REAL:
        low, high = sorted((abs(comparison.low), abs(comparison.high)))
        above = number(low, decimals)
        lowest = above if float(above) else phrase(locale, "just_above_zero")
        return parts | {"low": lowest, "high": number(high, decimals)}
    ends = {"low": comparison.low, "high": comparison.high}
    return parts | {name: _step(comparison, end, decimals, locale) for name, end in ends.items()}


def is_even(comparison: Comparison) -> bool:
    """Whether the difference reads as none."""
    return not float(f"{comparison.difference or 0.0:.{_decimals(comparison)}f}")


def trend_sentence(periods: Sequence[Group], locale: str) -> str:
    """The first and the last period that can be shown, and whether they differ.

    `periods` in their order and of one wording only: after a break pass those since the break.
    """
    shown = [period for period in periods if period.estimate.value is not None]
    if len(shown) < 2:
        return phrase(locale, "trend_none")
    first, last = shown[0], shown[-1]
    return phrase(
        locale,
        "trend",
        first=first.label,
        start=figure(first.estimate, locale),
        last=last.label,
        end=figure(last.estimate, locale),
        change=change_sentence(between(last.estimate, first.estimate), locale, "start"),
    )


def _decimals(comparison: Comparison) -> int:
    """One or two more than usual where a difference that is likely real would read as nothing."""
    decimals = _DECIMALS[comparison.unit]
    if comparison.verdict is not Verdict.LIKELY_REAL:
        return decimals
    wanted = (
        extra for extra in range(2) if float(number(abs(comparison.difference or 0.0), decimals + extra))
    )
    return decimals + next(wanted, 2)


def _step(comparison: Comparison, value: float, decimals: int, locale: str) -> str:
    text = number(abs(value), decimals)
    if not float(text):
        return phrase(locale, "end_zero")
    amount = _points(text, comparison.unit, locale)
    direction = "up" if value > 0 else "down"
    plain = "_plain" if comparison.metric in _NEITHER_GOOD_NOR_BAD else ""
    return phrase(locale, direction + plain, amount=amount)


def _points(text: str, unit: Unit, locale: str) -> str:
    things = "points_percent" if unit is Unit.PERCENT else "points"
    return counted(locale, things, 1) if text == "1" else phrase(locale, things, n=text)
