"""Two groups compared within strata, such as two periods within each department: the mix cannot mislead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.statistics.histograms import check
from analysis.statistics.tables import Table
from analysis.statistics.tails import chi_square_p
from analysis.types import Reason


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """Odds ratio over the strata, that of all persons thrown together, and the test without and with correction."""

    odds_ratio: float | None
    crude_odds_ratio: float | None
    chi2: float | None
    p: float | None
    chi2_corrected: float | None
    p_corrected: float | None
    reason: Reason | None = None


def mantel_haenszel(tables: Sequence[Table]) -> MantelHaenszel:
    """One table [[a, b], [c, d]] a stratum; one with an empty row or column adds nothing to the test.

    Infinite or undefined ratios are None, and the test where no stratum adds to it. The correction of ½ is left
    out where |observed − expected| is below it (as R does). Raises ValueError unless all are 2 × 2 counts.
    Mantel & Haenszel 1959 (J. Natl. Cancer Inst. 22:719).
    """
    above = below = away = variance = 0.0
    crude = [0, 0, 0, 0]
    for table in tables:
        check(table)
        (a, b), (c, d) = table
        crude = [total + count for total, count in zip(crude, (a, b, c, d), strict=True)]
        n = a + b + c + d
        if n > 1:
            above, below = above + a * d / n, below + b * c / n
            away += (a * d - b * c) / n
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    ratio = above / below if below else None
    crude_ratio = crude[0] * crude[3] / (crude[1] * crude[2]) if crude[1] * crude[2] else None
    if variance == 0:
        reason = Reason.NO_SPREAD if any(crude) else Reason.NO_ANSWERS
        return MantelHaenszel(ratio, crude_ratio, None, None, None, None, reason)
    far = abs(away)
    chi2, corrected = far**2 / variance, (far - 0.5 if far >= 0.5 else far) ** 2 / variance
    p, p_corrected = chi_square_p(chi2), chi_square_p(corrected)
    return MantelHaenszel(ratio, crude_ratio, chi2, p, corrected, p_corrected)
