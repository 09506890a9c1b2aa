"""Two shares of different people: the test chosen by the smallest expected count, and the sizes of the effect."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.choose import Design, Kind, Method, Tested, choose
from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.proportion import check_share
from analysis.statistics.tables import chi_square_2x2, fisher
from analysis.statistics.tails import normal_quantile
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class ShareEffect:
    """Sizes of the difference of two shares, with intervals of the ratios; infinite and undefined ones None."""

    risk_difference: float | None
    cohens_h: float | None
    odds_ratio: float | None
    odds_low: float | None
    odds_high: float | None
    risk_ratio: float | None
    risk_low: float | None
    risk_high: float | None
    reason: Reason | None = None


def shares_test(x1: int, n1: int, x2: int, n2: int) -> Tested:
    """Plain chi-square when every expected count is at least 5, else Fisher's exact test; with Cohen's h.

    No P without answers in a group or when everybody answered alike. ValueError unless 0 <= x <= n.
    """
    effect = share_effect(x1, n1, x2, n2)
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    plain = chi_square_2x2(table)
    choice = choose(Design(Kind.SHARES, min_expected=plain.min_expected))
    if plain.min_expected is None:
        return Tested(choice, None, None, None, None, effect.reason or plain.reason)
    if choice.test is Method.FISHER:
        return Tested(choice, None, None, fisher(table).p, effect.cohens_h)
    return Tested(choice, plain.chi2, 1, plain.p, effect.cohens_h)


def share_effect(x1: int, n1: int, x2: int, n2: int, confidence: float = CONFIDENCE) -> ShareEffect:
    """First share against second. None without answers in a group. ValueError unless 0 <= x <= n.

    Cohen 1988 (h); Woolf 1955 (Ann. Hum. Genet. 19:251) for the odds ratio; Katz 1978 (Biometrics 34:469) for
    the ratio of shares.
    """
    check_share(x1, n1)
    check_share(x2, n2)
    if not (n1 and n2):
        return ShareEffect(*(None,) * 8, reason=Reason.NO_ANSWERS)
    share1, share2, rest1, rest2 = x1 / n1, x2 / n2, n1 - x1, n2 - x2
    odds = x1 * rest2 / (rest1 * x2) if rest1 * x2 else None
    risk = share1 / share2 if x2 else None
    z = normal_quantile(confidence)
    woolf = z * math.sqrt(sum(1 / count for count in (x1, rest1, x2, rest2))) if odds else None
    katz = z * math.sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)) if risk else None
    return ShareEffect(
        share1 - share2,
        2 * (math.asin(math.sqrt(share1)) - math.asin(math.sqrt(share2))),
        odds,
        *_around(odds, woolf),
        risk,
        *_around(risk, katz),
    )


def _around(ratio: float | None, half: float | None) -> tuple[float | None, float | None]:
    """The ends of an interval that is symmetric in logarithms."""
    if ratio is None or half is None:
        return None, None
    return ratio * math.exp(-half), ratio * math.exp(half)
