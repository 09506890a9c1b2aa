"""Figures as people copy them out of reports: 48/50 (96.0%), ６．５０±０．２５, P＜0.05."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from analysis.statistics.published_means import PrintedMean
from analysis.statistics.published_p import ClaimedP, Relation
from analysis.statistics.published_shares import PrintedShare

MOST_PERSONS = 10_000_000
LONGEST = 60  # characters of one figure
_DECIMALS = 10

_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_COUNT = re.compile(r"(\d+)?\s*(?:(?:/|of|out of)\s*(\d+))?")
_MEAN = re.compile(rf"(-?(?:{_NUMBER}))\s*(?:(?:±|\+/-|\+-|\()\s*({_NUMBER})\s*\)?)?")
_N = re.compile(r"[(\[,;]?\s*\bn\s*=\s*(\d+)\s*[)\]]?")
_P = re.compile(rf"p?\s*(<=|>=|<|>|=|≤|≥)?\s*({_NUMBER})")
_RELATIONS = {"<=": "≤", ">=": "≥", "": "="}
_NOT_CLEAR = ("ns", "n.s.", "n.s")  # what reports write for P above 0.05


class Unreadable(ValueError):
    """The sentence that stands beside the field."""

    def __init__(self, said: Any) -> None:
        super().__init__(said)
        self.said = said


def plain(text: str) -> str:
    """Full-width characters as narrow ones, one kind of minus, no thousands separators, single spaces."""
    narrow = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    narrow = re.sub("[−–—]", "-", narrow).replace("∕", "/")
    narrow = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", narrow)
    return " ".join(re.sub("[例人份分名]", " ", narrow).split())


def share(text: str, n_text: str) -> PrintedShare:
    """A count, a percentage or both; n in its own field or behind the count. Raises Unreadable."""
    rest, behind = _n_behind(plain(text))
    found = _PERCENT.search(rest)
    percent = _decimal(found[1]) if found else None
    if found:
        rest = rest[: found.start()] + " " + rest[found.end() :]
    counted = _COUNT.fullmatch(" ".join(re.sub(r"[()\[\],;:]", " ", rest).split()))
    if not counted or (counted[1] is None and percent is None):
        raise Unreadable(_l("Please give a count such as 48 or 48/50, a percentage such as 96.0%, or both."))
    n = _persons(n_text, counted[2] or behind)
    x = _whole(counted[1]) if counted[1] else None
    if x is not None and x > n:
        raise Unreadable(_l("The count is larger than n."))
    if percent is not None and Decimal(percent) > 100:
        raise Unreadable(_l("A percentage of persons lies between 0 and 100."))
    return PrintedShare(n, x, percent)


def mean(text: str, n_text: str) -> PrintedMean:
    """A mean, with its standard deviation where it is printed. Raises Unreadable."""
    rest, behind = _n_behind(plain(text))
    found = _MEAN.fullmatch(rest)
    if not found:
        raise Unreadable(_l("Please give mean and SD such as 6.50±0.25, or a mean alone."))
    return PrintedMean(_persons(n_text, behind), _decimal(found[1]), _decimal(found[2]) if found[2] else None)


def claimed_p(text: str) -> ClaimedP:
    """P<0.05, p = .03, 0.049, or ns. Raises Unreadable."""
    asked = plain(text)
    if asked.removeprefix("p").strip(" =:") in _NOT_CLEAR:
        return ClaimedP(Relation.ABOVE, "0.05")
    found = _P.fullmatch(asked)
    if not found or Decimal(found[2]) > 1:
        raise Unreadable(_l("Please give P such as P<0.05 or 0.03, between 0 and 1."))
    sign = found[1] or ""
    return ClaimedP(Relation(_RELATIONS.get(sign, sign)), _decimal(found[2]))


def end(text: str) -> float:
    """One end of the answers' range. Raises Unreadable."""
    found = re.fullmatch(rf"-?(?:{_NUMBER})", plain(text))
    if not found or abs(float(found[0])) > 1e9:
        raise Unreadable(_l("Please give a number such as 3 or 10."))
    return float(found[0])


def _n_behind(text: str) -> tuple[str, str | None]:
    """The text without "(n = 50)", and the 50."""
    found = _N.search(text)
    return (text[: found.start()] + text[found.end() :]).strip() if found else text, found[
        1
    ] if found else None


def _persons(field: str, behind: str | None) -> int:
    n = _whole(plain(field).removeprefix("n").strip(" =")) if field.strip() else None
    other = _whole(behind) if behind else None
    if n is not None and other is not None and n != other:
        raise Unreadable(_l("n is not the number behind the count."))
    found = n if n is not None else other
    if found is None:
        raise Unreadable(_l("Please say how many persons answered (n)."))
    if found < 1:
        raise Unreadable(_l("n must be 1 or more."))
    return found


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,8}", text) or int(text) > MOST_PERSONS:
        raise Unreadable(_l("Please give whole numbers up to 10,000,000."))
    return int(text)


def _decimal(text: str) -> str:
    """As printed, with a digit before the point."""
    whole, point, places = text.partition(".")
    if len(whole.lstrip("-")) > _DECIMALS or len(places) > _DECIMALS:
        raise Unreadable(_l("Please give numbers of at most ten digits before and after the point."))
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{digits or '0'}{point if places else ''}{places}"
