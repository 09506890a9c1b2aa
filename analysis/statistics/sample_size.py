"""How many answers a comparison needs, and the smallest difference that so many can show."""

from __future__ import annotations

import math
from dataclasses import dataclass

import scipy
from scipy import special

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.tails import normal_quantile, student_quantile
from analysis.types import Reason

ALPHA = 0.05
POWER = 0.8
MOST = 1e12
"""More persons a group than this are not looked for."""


@dataclass(frozen=True, slots=True)
class SampleSize:
    """Persons needed in each group, exactly and rounded up."""

    n: float | None
    n_per_group: int | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SmallestShare:
    """The nearest higher share that n persons a group tell from p1 with the wanted power."""

    share: float | None
    difference: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SurveySize:
    """Answers needed for a margin of error: without and with the size of the population, and rounded up."""

    n_infinite: float | None
    n: float | None
    n_required: int | None
    reason: Reason | None = None


def sample_size_shares(p1: float, p2: float, alpha: float = ALPHA, power: float = POWER) -> SampleSize:
    """Persons a group to tell two shares apart, two-sided; None for equal shares.

    Pooled variance for alpha, unpooled for power. ValueError for anything outside 0…1.
    Fleiss 1981 (Statistical Methods for Rates and Proportions).
    """
    _check(alpha, power, p1, p2)
    if p1 == p2:
        return SampleSize(None, None, Reason.NO_SPREAD)
    n = (_needed(p1, p2, alpha, power) / (p2 - p1)) ** 2
    return SampleSize(n, _up(n))


def smallest_share(p1: float, n: float, alpha: float = ALPHA, power: float = POWER) -> SmallestShare:
    """The smallest share above p1 that n persons a group detect; None where even 1 is too near.

    ValueError for anything outside 0…1. Fleiss 1981.
    """
    _check(alpha, power, p1)
    start = max(p1, 1e-12) * (1 + 1e-9)

    def excess(p2: float) -> float:
        return math.sqrt(n) * (p2 - p1) - _needed(p1, p2, alpha, power)

    if n <= 0 or start >= 1 or excess(1.0) < 0:
        return SmallestShare(None, None, Reason.TOO_FEW if n <= 0 or p1 < 1 else Reason.NO_SPREAD)
    if excess(start) >= 0:
        return SmallestShare(p1, 0.0)
    share = float(scipy.optimize.brentq(excess, start, 1.0, xtol=1e-14))
    return SmallestShare(share, share - p1)


def sample_size_means(delta: float, sd: float, alpha: float = ALPHA, power: float = POWER) -> SampleSize:
    """Persons a group to see a difference `delta` of two means by the t test, two-sided with both tails.

    None for delta = 0, or sd = 0; at least two a group. ValueError for a negative sd and for alpha or power outside 0…1.
    Cohen 1988 (Statistical Power Analysis), non-central t.
    """
    _check(alpha, power)
    if sd < 0:
        raise ValueError("a standard deviation cannot be negative")
    if delta == 0 or sd == 0:
        return SampleSize(None, None, Reason.NO_SPREAD)
    effect = abs(delta) / sd

    def excess(n: float) -> float:
        return _power(effect * math.sqrt(n / 2), 2 * n - 2, alpha) - power

    if excess(2.0) >= 0:
        return SampleSize(2.0, 2)
    about = 2 * ((normal_quantile(1 - alpha) + float(special.ndtri(power))) / effect) ** 2
    if about > MOST:
        return SampleSize(about, None, Reason.NOT_CONVERGED)
    n = float(scipy.optimize.brentq(excess, 2.0, max(4.0, 2 * about + 20), xtol=1e-9))
    return SampleSize(n, _up(n))


def smallest_mean_difference(
    sd: float, n1: int, n2: int, alpha: float = ALPHA, power: float = POWER
) -> float | None:
    """The smallest difference of two means that so many persons detect; None below three persons or an empty group."""
    if min(n1, n2) < 1:
        return None
    return smallest_shift(sd * math.sqrt(1 / n1 + 1 / n2), n1 + n2 - 2, alpha, power)


def smallest_shift(error: float, df: int, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The smallest true difference that a two-sided t test with this standard error detects; None for df < 1.

    ValueError for alpha or power outside 0…1. Non-central t.
    """
    _check(alpha, power)
    if df < 1:
        return None
    most = 4 * student_quantile(1 - alpha, df) + 40
    if power <= alpha or _power(most, df, alpha) < power:
        return None
    return error * float(scipy.optimize.brentq(lambda centre: _power(centre, df, alpha) - power, 0.0, most))


def survey_size(
    p: float, margin: float, confidence: float = CONFIDENCE, population: int | None = None
) -> SurveySize:
    """Answers so that the interval of a share p is ± margin; None for a margin of 0 or an empty population.

    ValueError for p or margin outside 0…1. Cochran 1977 (Sampling Techniques).
    """
    if not (0 <= p <= 1 and 0 <= margin <= 1):
        raise ValueError("share and margin must lie between 0 and 1")
    if margin == 0 or population == 0:
        return SurveySize(None, None, None, Reason.NOT_APPLICABLE)
    n0 = (normal_quantile(confidence) / margin) ** 2 * p * (1 - p)
    n = n0 if population is None else n0 / (1 + (n0 - 1) / population)
    return SurveySize(n0, n, _up(n))


def _needed(p1: float, p2: float, alpha: float, power: float) -> float:
    """What √n (p2 − p1) must reach."""
    pooled, apart = (p1 + p2) * (1 - (p1 + p2) / 2), p1 * (1 - p1) + p2 * (1 - p2)
    return normal_quantile(1 - alpha) * math.sqrt(pooled) + float(special.ndtri(power)) * math.sqrt(apart)


def _power(centre: float, df: float, alpha: float) -> float:
    """P beyond both critical values of a t statistic whose expectation is shifted by `centre`."""
    critical = student_quantile(1 - alpha, df)
    return 2 - _below(critical, df, centre) - _below(critical, df, -centre)


def _below(critical: float, df: float, centre: float) -> float:
    """P below; far out, where SciPy's series does not converge, it is 0 or 1."""
    value = float(special.nctdtr(df, centre, critical))
    return float(centre < 0) if math.isnan(value) else value


def _check(alpha: float, power: float, *shares: float) -> None:
    if not (0 < alpha < 1 and 0 < power < 1 and all(0 <= share <= 1 for share in shares)):
        raise ValueError("alpha, power and shares must lie between 0 and 1")


def _up(n: float) -> int:
    """The next whole number; a rounding error above one does not count."""
    return math.ceil(n * (1 - 1e-12))
