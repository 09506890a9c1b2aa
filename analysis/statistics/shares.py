"""Shares of persons: of the chosen values, and of the invited who answered."""

from __future__ import annotations

from analysis.statistics.intervals import CONFIDENCE, scaled
from analysis.statistics.proportion import wilson
from analysis.types import Distribution, Estimate, Reason, Unit


def shares(distribution: Distribution, confidence: float = CONFIDENCE) -> dict[str, Estimate]:
    """Percent of the persons who gave each value, in the order of the distribution, with Wilson's interval.

    With several values a person (`answered`) the shares may add up to more than 100.
    """
    n = distribution.n
    return {key: _share("share", count, n, confidence) for key, count in distribution.counts.items()}


def response_rate(returned: int, sent: int, confidence: float = CONFIDENCE) -> Estimate:
    """Percent of the sent invitations that came back; None when none was sent.

    Returned over sent, not one of AAPOR's rates. Raises ValueError unless 0 <= returned <= sent.
    """
    return _share("response_rate", returned, sent, confidence)


def _share(metric: str, x: int, n: int, confidence: float) -> Estimate:
    interval = wilson(x, n, confidence)
    low, high = scaled(interval, 100) if interval else (None, None)
    return Estimate(
        value=100 * x / n if n else None,
        low=low,
        high=high,
        n=n,
        unit=Unit.PERCENT,
        metric=metric,
        reason=None if n else Reason.NO_ANSWERS,
        confidence=confidence,
        bounds=(0.0, 100.0),
    )
