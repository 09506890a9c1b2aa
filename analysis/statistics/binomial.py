"""Exact tests of a binomial count: against a standard, and of two Poisson rates given their sum."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from scipy import special

from analysis.statistics.proportion import check_share
from analysis.types import Reason

SLACK = 1 + 1e-7
"""Outcomes this little more likely than the observed one count as equally likely (as R does)."""


@dataclass(frozen=True, slots=True)
class AgainstStandard:
    """The share found and the two-sided P of the standard."""

    share: float | None
    p: float | None
    reason: Reason | None = None


def share_against_standard(x: int, n: int, standard: float) -> AgainstStandard:
    """x of n against a standard share 0…1, by the exact binomial test; None for n = 0.

    Raises ValueError unless 0 <= x <= n and 0 <= standard <= 1.
    """
    if n == 0:
        return AgainstStandard(None, None, Reason.NO_ANSWERS)
    return AgainstStandard(x / n, binomial_p(x, n, standard))


def binomial_p(x: int, n: int, share: float) -> float:
    """Two-sided P: of all outcomes no more likely than x. Clopper & Pearson 1934; R's binom.test.

    The outcomes on the far side are found by halving, so n may be huge. Raises ValueError as above.
    """
    check_share(x, n)
    if not 0 <= share <= 1:
        raise ValueError(f"the standard must lie between 0 and 1, not {share!r}")
    if share in (0, 1):
        return float(x == n * share)
    limit = _log_probability(x, n, share) + math.log(SLACK)
    if x == n * share:
        return 1.0
    if x < n * share:
        far = range(math.ceil(n * share), n + 1)
        beyond = far.start + bisect_left(far, True, key=lambda k: _log_probability(k, n, share) <= limit)
        return min(1.0, at_most(x, n, share) + at_least(beyond, n, share))
    far = range(math.floor(n * share) + 1)
    below = bisect_right(far, limit, key=lambda k: _log_probability(k, n, share)) - 1
    return min(1.0, at_most(below, n, share) + at_least(x, n, share))


def at_most(k: int, n: int, share: float) -> float:
    """P of k or fewer of n; 0 for k < 0."""
    if k < 0:
        return 0.0
    return float(special.betaincc(k + 1, n - k, share)) if k < n else 1.0


def at_least(k: int, n: int, share: float) -> float:
    """P of k or more of n; 0 for k > n."""
    if k > n:
        return 0.0
    return float(special.betainc(k, n - k + 1, share)) if k > 0 else 1.0


def _log_probability(k: int, n: int, share: float) -> float:
    """Of k of n, up to a constant."""
    ways = -(math.lgamma(k + 1) + math.lgamma(n - k + 1))
    return ways + k * math.log(share) + (n - k) * math.log1p(-share)
