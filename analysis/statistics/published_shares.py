"""Shares that somebody printed: whether they can be, and what comparing two of them really gives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from analysis.statistics.change import MARGIN, judged
from analysis.statistics.choose import Method
from analysis.statistics.intervals import scaled
from analysis.statistics.proportion import newcombe
from analysis.statistics.published import as_printed, grim
from analysis.statistics.published_p import ClaimedP, Recomputed, Usual, judged_claim
from analysis.statistics.shares_compared import shares_test
from analysis.statistics.tables import chi_square_2x2, fisher
from analysis.types import Unit

_OF_METHOD = {Method.CHI_SQUARE: Usual.CHI_SQUARE, Method.FISHER: Usual.FISHER}


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """What a report says of one group: n persons, of them x, and the percentage with its decimals; x or percent."""

    n: int
    x: int | None = None
    percent: str | None = None


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """Whether what is printed can be; the counts it allows; the counts around a percentage that no count gives."""

    possible: bool
    counts: range
    nearest: tuple[int, ...] = ()
    best: int | None = None  # the count to go on with


def check_printed_share(printed: PrintedShare) -> ShareCheck:
    """Counts that give the printed percentage of n; x beside it must be one of them.

    `best` is x where it is printed, else the count nearest to the percentage. Raises ValueError unless
    0 <= x <= n, n >= 1, 0 <= percent <= 100, and x or percent is given. Brown & Heathers 2017 (`grim`).
    """
    if printed.n < 1 or (printed.x is None and printed.percent is None):
        raise ValueError("there must be persons, and a count or a percentage")
    if printed.x is not None and not 0 <= printed.x <= printed.n:
        raise ValueError(f"{printed.x} of {printed.n} is no share")
    if printed.percent is None:
        return ShareCheck(True, range(printed.x or 0, (printed.x or 0) + 1), best=printed.x)
    figure, _half = as_printed(printed.percent)
    if not 0 <= figure <= 100:
        raise ValueError(f"{printed.percent} is no percentage")
    found = grim(printed.percent, printed.n, percent=True)
    exact = figure * printed.n / 100
    nearest = () if found.consistent else tuple(dict.fromkeys((math.floor(exact), math.ceil(exact))))
    if printed.x is None:
        best = min(found.nearest_total or 0, printed.n)
        return ShareCheck(bool(found.consistent), found.possible_totals, nearest, best)
    fits = printed.x in found.possible_totals
    return ShareCheck(fits, range(printed.x, printed.x + 1) if fits else range(0), nearest, printed.x)


def compare_printed_shares(
    first: PrintedShare, second: PrintedShare, claim: ClaimedP | None = None, *, margin: float = MARGIN
) -> Recomputed:
    """first − second in percent with Newcombe's interval and the test chosen by rule, at the best counts.

    The P values possible are those at the ends of the counts allowed; where the two ranges of shares overlap, up to
    1. Raises ValueError as `check_printed_share`.
    """
    one, other = check_printed_share(first), check_printed_share(second)
    x1, x2, n1, n2 = one.best or 0, other.best or 0, first.n, second.n
    tested = shares_test(x1, n1, x2, n2)
    interval = newcombe(x1, n1, x2, n2)
    difference = 100 * float(Fraction(x1, n1) - Fraction(x2, n2))
    ends = scaled(interval, 100) if interval else None
    comparison = judged(difference, ends, margin, "share", Unit.PERCENT, "newcombe", tested.p)
    possible = _possible(_ends(one), n1, _ends(other), n2)
    return judged_claim(comparison, tested, possible, _others(x1, n1, x2, n2, tested.choice.test), claim)


def _ends(check: ShareCheck) -> tuple[int, int]:
    return (check.counts[0], check.counts[-1]) if check.counts else (check.best or 0, check.best or 0)


def _possible(first: tuple[int, int], n1: int, second: tuple[int, int], n2: int) -> list[float]:
    tests = [shares_test(x1, n1, x2, n2).p for x1 in set(first) for x2 in set(second)]
    found = [p for p in tests if p is not None]
    low = max(Fraction(first[0], n1), Fraction(second[0], n2))
    high = min(Fraction(first[1], n1), Fraction(second[1], n2))
    several = first[0] < first[1] or second[0] < second[1]
    return [*found, 1.0] if found and several and low <= high else found


def _others(x1: int, n1: int, x2: int, n2: int, chosen: Method) -> dict[Usual, float]:
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    plain, exact = chi_square_2x2(table), fisher(table)
    found = {Usual.CHI_SQUARE: plain.p, Usual.YATES: plain.p_yates, Usual.FISHER: exact.p}
    found.pop(_OF_METHOD[chosen])
    return {name: p for name, p in found.items() if p is not None and plain.p is not None}
