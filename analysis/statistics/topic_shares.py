"""How many comments praise a topic and how many complain of it, and whether that changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.statistics.change import judged, no_change
from analysis.statistics.intervals import CONFIDENCE, scaled
from analysis.statistics.proportion import newcombe, wilson
from analysis.statistics.shares_compared import shares_test
from analysis.types import Comparison, Estimate, Reason, Unit

NEGATIVE, POSITIVE = "topic_negative", "topic_positive"  # names of the two figures
MARGIN = 2.0
"""Changes within ± this many percentage points are unimportant: most topics stand in 2 to 15 % of the comments."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Comments about a topic, by what is felt about it there; each comment counts once."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    undecided: int = 0

    @property
    def total(self) -> int:
        return self.negative + self.neutral + self.positive + self.undecided


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Of `n` comments with content how many mention each topic."""

    n: int
    topics: Mapping[str, Mentions]


@dataclass(frozen=True, slots=True)
class TopicShares:
    """A topic's shares of all comments in percent; the changes are current minus base in percentage points."""

    topic: str
    mentions: Mentions
    before: Mentions
    negative: Estimate
    positive: Estimate
    complaints: Comparison  # change of `negative`
    praise: Comparison  # change of `positive`


def topic_shares(
    now: Mentioned, base: Mentioned | None = None, *, why_no_base: Reason = Reason.NO_BASELINE
) -> tuple[TopicShares, ...]:
    """The topics of `now` in their order, with their changes since `base`.

    Shares by Wilson at 95 %, each for itself. Changes by Newcombe at 1 − 5 %/(2 k) for k topics mentioned in either period
    (Bonferroni: both shares of each topic are looked at), so that a change is called likely real by chance
    in at most 5 % of all pages. P is unadjusted. Without a base or one without comments the changes carry `why_no_base`.
    Raises ValueError for more mentions than comments.
    """
    earlier = base if base is not None and base.n else None
    both = set(now.topics) | set(earlier.topics if earlier else ())
    confidence = 1 - (1 - CONFIDENCE) / max(1, 2 * len(both))
    made = []
    for topic, counts in now.topics.items():
        then = earlier.topics.get(topic, Mentions()) if earlier else Mentions()
        sides = ((NEGATIVE, counts.negative, then.negative), (POSITIVE, counts.positive, then.positive))
        negative, positive = (share_of(x, now.n, name) for name, x, _ in sides)
        complaints, praise = (
            _change(name, (x, now.n), (y, earlier.n), confidence)
            if earlier and now.n
            else no_change(name, Unit.PERCENT, why_no_base)
            for name, x, y in sides
        )
        made.append(TopicShares(topic, counts, then, negative, positive, complaints, praise))
    return tuple(made)


def share_of(x: int, n: int, metric: str) -> Estimate:
    """Percent of the n comments with Wilson's interval; NO_ANSWERS for n = 0. Raises ValueError unless 0 <= x <= n."""
    interval = wilson(x, n)
    if interval is None:
        reason = Reason.NO_ANSWERS
        return Estimate(None, None, None, 0, Unit.PERCENT, metric, reason, bounds=(0.0, 100.0))
    return Estimate(100 * x / n, *scaled(interval, 100), n, Unit.PERCENT, metric, bounds=(0.0, 100.0))


def _change(metric: str, now: tuple[int, int], base: tuple[int, int], confidence: float) -> Comparison:
    interval = newcombe(*now, *base, confidence)
    difference = 100 * (now[0] / now[1] - base[0] / base[1])
    p = shares_test(*now, *base).p
    ends = scaled(interval, 100) if interval else None
    return judged(difference, ends, MARGIN, metric, Unit.PERCENT, "newcombe", p)
