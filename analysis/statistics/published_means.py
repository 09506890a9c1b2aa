"""Means and standard deviations that somebody printed: whether they can be, and what comparing two really gives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from analysis.statistics.change import MARGIN, judged
from analysis.statistics.choose import Design, Kind, Tested, choose
from analysis.statistics.means_compared import student, welch
from analysis.statistics.moments import Moments
from analysis.statistics.published import SdCheck, as_printed, grim, sd_within_range
from analysis.statistics.published_p import ClaimedP, Recomputed, Usual, judged_claim
from analysis.types import Unit


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """What a report says of one group: n persons, mean and (where it is printed) standard deviation, as printed."""

    n: int
    mean: str
    sd: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the answers. `observed`: lowest and highest were both given, else they end the scale.

    `whole`: whole numbers, the mean being over `items` questions; then not every mean can be.
    """

    lowest: float | None = None
    highest: float | None = None
    observed: bool = False
    whole: bool = True
    items: int = 1


@dataclass(frozen=True, slots=True)
class MeanCheck:
    """Which of the printed figures can be, allowing for their rounding; None where it cannot be told.

    `nearest` are the means around one that no total gives; `bound` how far from the mean an answer can lie,
    `largest` the largest standard deviation; `if_error` the standard deviation if the printed one were a standard
    error, where that could be.
    """

    mean_ok: bool | None = None
    any_mean: bool = False  # so many answers that every mean with these decimals can be
    nearest: tuple[float, ...] = ()
    inside: bool | None = None
    sd_ok: bool | None = None
    bound: float | None = None
    largest: float | None = None
    if_error: float | None = None

    @property
    def possible(self) -> bool:
        return False not in (self.mean_ok, self.inside, self.sd_ok)


def check_printed_mean(printed: PrintedMean, answers: Answers) -> MeanCheck:
    """Mean against whole-number totals and range, standard deviation against range.

    Raises ValueError for n < 1, items < 1, a negative standard deviation, an empty range and texts that are no numbers.
    Brown & Heathers 2017; Samuelson 1968; Bhatia & Davis 2000 (`published`).
    """
    mean, half = as_printed(printed.mean)
    if printed.n < 1:
        raise ValueError("there must be persons")
    each = printed.n * answers.items
    mean_ok = grim(printed.mean, printed.n, answers.items).consistent if answers.whole else None
    any_mean = answers.whole and 2 * half * each >= 1
    nearest = _around(mean, each) if mean_ok is False else ()
    if answers.lowest is None or answers.highest is None:
        return MeanCheck(mean_ok, any_mean, nearest)
    inside = answers.lowest - half <= mean <= answers.highest + half
    if printed.sd is None or printed.n < 2 or not inside:
        return MeanCheck(mean_ok, any_mean, nearest, inside)
    spread = sd_within_range(
        float(mean), float(as_printed(printed.sd)[0]), printed.n, answers.lowest, answers.highest
    )
    sd_ok = _sd_can_be(printed, answers, printed.sd)
    error = None if sd_ok else _as_error(printed, answers, printed.sd)
    return MeanCheck(mean_ok, any_mean, nearest, inside, sd_ok, spread.samuelson_bound, spread.max_sd, error)


def compare_printed_means(
    first: PrintedMean,
    second: PrintedMean,
    claim: ClaimedP | None = None,
    *,
    bounds: tuple[float, float] | None = None,
    margin: float = MARGIN,
) -> Recomputed:
    """first − second with Welch's interval and test; P over all means and standard deviations printed so.

    `bounds` of the scale give the margin of what is unimportant; without them nothing is called so. Raises
    ValueError where a standard deviation is missing or negative.
    """
    one, other = _moments(first), _moments(second)
    test = welch(one, other)
    choice = choose(Design(Kind.SCORES))
    tested = Tested(choice, test.t, test.df, test.p, test.effect, test.reason)
    interval = None if test.low is None or test.high is None else (test.low, test.high)
    limit = margin * (bounds[1] - bounds[0]) / 100 if bounds else 0.0
    difference = one.mean - other.mean
    comparison = judged(difference, interval, limit, "mean", Unit.SCALE, "welch", test.p)
    pairs = list(product(_rounded(first), _rounded(second)))
    possible = [p for a, b in pairs if (p := welch(a, b).p) is not None]
    if possible and _may_be_equal(first, second):
        possible.append(1.0)
    pooled = student(one, other).p
    others = {} if pooled is None else {Usual.STUDENT: pooled}
    return judged_claim(comparison, tested, possible, others, claim)


def _around(mean: Fraction, each: int) -> tuple[float, ...]:
    totals = dict.fromkeys((math.floor(mean * each), math.ceil(mean * each)))
    return tuple(total / each for total in totals)


def _sd_can_be(printed: PrintedMean, answers: Answers, sd: str) -> bool:
    checks = list(_checks(printed.mean, sd, printed.n, answers))
    reached = not answers.observed or any(found.range_ok for found in checks)
    return reached and any(found.sd_ok for found in checks)


def _checks(mean: str, sd: str, n: int, answers: Answers) -> Iterator[SdCheck]:
    """At the ends of what rounds to the printed figures, and at these."""
    lowest, highest = answers.lowest or 0.0, answers.highest or 0.0
    for middle, spread in product(_ends(mean), _ends(sd)):
        if spread >= 0:
            yield sd_within_range(min(max(middle, lowest), highest), spread, n, lowest, highest)


def _ends(printed: str) -> list[float]:
    figure, half = as_printed(printed)
    return [float(figure), float(figure - half), float(figure + half)]


def _as_error(printed: PrintedMean, answers: Answers, sd: str) -> float | None:
    """The standard deviation if the printed one were a standard error, where that can be."""
    found = float(as_printed(sd)[0]) * math.sqrt(printed.n)
    return found if _sd_can_be(printed, answers, f"{found:.4g}") else None


def _moments(printed: PrintedMean) -> Moments:
    if printed.sd is None or float(as_printed(printed.sd)[0]) < 0:
        raise ValueError("two means are compared by their standard deviations")
    mean, sd = float(as_printed(printed.mean)[0]), float(as_printed(printed.sd)[0])
    return Moments(printed.n, mean, sd * sd if printed.n > 1 else None)


def _rounded(printed: PrintedMean) -> list[Moments]:
    variance = [max(sd, 0.0) ** 2 for sd in _ends(printed.sd or "0")]
    return [
        Moments(printed.n, mean, square if printed.n > 1 else None)
        for mean, square in product(_ends(printed.mean), variance)
    ]


def _may_be_equal(first: PrintedMean, second: PrintedMean) -> bool:
    (one, half1), (other, half2) = as_printed(first.mean), as_printed(second.mean)
    return abs(one - other) <= half1 + half2
