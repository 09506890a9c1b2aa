"""A finding: what a card is called and what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.intervals import Interval
from analysis.wording.languages import phrase
from analysis.wording.numbers import number


@dataclass(frozen=True, slots=True)
class Told:
    title: str
    sentences: tuple[str, ...]


def quoted(labels: Sequence[str], locale: str) -> str:
    """The labels in quotation marks, one after the other, without the stops they end in."""
    named = (phrase(locale, "matters_list", label=one.rstrip(".。")) for one in labels)
    return phrase(locale, "matters_and").join(named)


def ends(interval: Interval, decimals: int, *, signed: bool = False) -> dict[str, str]:
    """`low` and `high` for a phrase."""
    low, high = (number(end, decimals, signed=signed) for end in interval)
    return {"low": low, "high": high}
