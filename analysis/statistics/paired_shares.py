"""Yes or no of the same people: McNemar for two items or times, Cochran's Q for several."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.binomial import at_most
from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.proportion import wilson
from analysis.statistics.sums import Sums
from analysis.statistics.tails import chi_square_p
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class McNemar:
    """Chi-square plain and with continuity correction, the exact P and the mid-P."""

    chi2: float | None
    p: float
    chi2_corrected: float | None
    p_corrected: float
    p_exact: float
    p_mid: float
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class CochranQ:
    q: float | None
    df: int | None
    p: float | None
    reason: Reason | None = None


def mcnemar(b: int, c: int) -> McNemar:
    """From the numbers who changed one way and the other. Nobody changed: P = 1 and no statistic.

    Raises ValueError for negative counts.
    McNemar 1947 (Psychometrika 12:153); Fagerland, Lydersen & Laake 2013 (BMC Med. Res. Methodol. 13:91).
    """
    if b < 0 or c < 0:
        raise ValueError("a count is negative")
    n, less = b + c, min(b, c)
    if n == 0:
        return McNemar(None, 1.0, None, 1.0, 1.0, 1.0, Reason.NO_SPREAD)
    chi2, corrected = (b - c) ** 2 / n, max(0, abs(b - c) - 1) ** 2 / n
    upto = at_most(less, n, 0.5)
    return McNemar(
        chi2=chi2,
        p=chi_square_p(chi2),
        chi2_corrected=corrected,
        p_corrected=chi_square_p(corrected),
        p_exact=min(1.0, 2 * upto),
        p_mid=upto + at_most(less - 1, n, 0.5),
    )


def newcombe_paired(
    both: int, lost: int, won: int, neither: int, confidence: float = CONFIDENCE
) -> Interval | None:
    """Interval of the share after − before of the same people, fractions; None without people.

    `lost` were satisfied before only, `won` after only. Two Wilson intervals squared and added with their
    correlation. Newcombe 1998 (Stat. Med. 17:2635), method 10. ValueError for negative counts.
    """
    n = both + lost + won + neither
    if min(both, lost, won, neither) < 0:
        raise ValueError("a count is negative")
    first, second = wilson(both + won, n, confidence), wilson(both + lost, n, confidence)
    if first is None or second is None:
        return None
    share1, share2, phi = (both + won) / n, (both + lost) / n, _phi(both, lost, won, neither)
    down = (share1 - first[0], second[1] - share2)
    up = (first[1] - share1, share2 - second[0])
    low, high = (math.sqrt(max(0.0, a * a - 2 * phi * a * b + b * b)) for a, b in (down, up))
    return (won - lost) / n - low, (won - lost) / n + high


def _phi(both: int, lost: int, won: int, neither: int) -> float:
    """Correlation of the two answers, corrected for continuity; 0 where an answer does not vary."""
    margins = (both + lost) * (won + neither) * (both + won) * (lost + neither)
    cross = float(both * neither - lost * won)
    if cross > 0:
        cross = max(0.0, cross - (both + lost + won + neither) / 2)
    return cross / math.sqrt(margins) if margins else 0.0


def cochran_q(answers: Sums) -> CochranQ:
    """From the sums of k items answered 0 or 1 by the same people.

    Everybody gave the same answer to all items: P = 1 and no statistic. None without people or below two items.
    Cochran 1950 (Biometrika 37:256).
    """
    if answers.n == 0 or answers.k < 2:
        return CochranQ(None, None, None, Reason.ONE_GROUP if answers.n else Reason.NO_ANSWERS)
    k, yes = answers.k, sum(answers.sums)
    columns = sum(total * total for total in answers.sums)
    rows = sum(sum(line) for line in answers.products)  # the squared totals of the persons
    if k * yes == rows:
        return CochranQ(None, k - 1, 1.0, Reason.NO_SPREAD)
    q = float((k - 1) * (k * columns - yes * yes)) / float(k * yes - rows)
    return CochranQ(q, k - 1, chi_square_p(q, k - 1))
