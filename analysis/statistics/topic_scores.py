"""What a topic costs: how those who speak of it rate the whole, beside all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.statistics.change import difference, no_change
from analysis.statistics.intervals import CONFIDENCE, Interval
from analysis.statistics.metrics import METRICS, estimate
from analysis.types import Comparison, Distribution, Estimate, Reason, Scale


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Hidden estimates carry no number, and then there is no cost either."""

    topic: str
    mentioned: Estimate  # of those whose comment mentions the topic
    others: Estimate  # of all others who rated, with a comment or without
    difference: Comparison  # mentioned − others
    cost: float | None = (
        None  # all − others, in the metric's unit: negative where the topic goes with lower ratings
    )
    interval: Interval | None = None  # of the cost


def topic_scores(
    everybody: Mapping[str, int],
    mentioning: Mapping[str, Mapping[str, int]],
    metric: str,
    scale: Scale,
    *,
    least: int,
) -> tuple[TopicScore, ...]:
    """The most costly topic first, hidden ones last. Counts are ratings by value; `mentioning` has those of each topic.

    The figure of all is p·mentioned + (1 − p)·others, p being the share of those who mention it, as every metric is a mean
    of numbers; so all − others = p (mentioned − others), with the interval of the difference times p (p taken as known).
    Differences at 1 − 5 %/k for k topics shown (Bonferroni). Fewer than `least` on either side: SUPPRESSED.
    Raises ValueError where a topic has more ratings than all, or an answer is not on the scale.
    """
    whole = Distribution({value: everybody.get(value, 0) for value in scale.values})
    sides = {
        topic: (Distribution({value: counts.get(value, 0) for value in scale.values}), _rest(whole, counts))
        for topic, counts in mentioning.items()
    }
    told = sum(min(one.n, rest.n) >= least for one, rest in sides.values())
    confidence = 1 - (1 - CONFIDENCE) / max(1, told)
    made = [_score(topic, *both, metric, scale, least, confidence) for topic, both in sides.items()]
    return tuple(sorted(made, key=lambda one: (one.cost is None, one.cost or 0.0)))


def _rest(whole: Distribution, counts: Mapping[str, int]) -> Distribution:
    rest = {value: n - counts.get(value, 0) for value, n in whole.counts.items()}
    if any(n < 0 for n in rest.values()):
        raise ValueError("more people mention the topic than answered")
    return Distribution(rest)


def _score(
    topic: str,
    mentioned: Distribution,
    others: Distribution,
    metric: str,
    scale: Scale,
    least: int,
    confidence: float,
) -> TopicScore:
    first, second = estimate(metric, mentioned, scale), estimate(metric, others, scale)
    if min(mentioned.n, others.n) < least:
        nothing = no_change(metric, METRICS[metric].unit, Reason.SUPPRESSED)
        return TopicScore(topic, _hidden(first), _hidden(second), nothing)
    found = difference(mentioned, others, metric, scale, confidence=confidence)
    if found.difference is None or found.low is None or found.high is None:
        return TopicScore(topic, first, second, found)
    share = mentioned.n / (mentioned.n + others.n)
    ends = share * found.low, share * found.high
    return TopicScore(topic, first, second, found, share * found.difference, ends)


def _hidden(of: Estimate) -> Estimate:
    return replace(of, value=None, low=None, high=None, n=0, reason=Reason.SUPPRESSED)
