"""The topics that matter most in a period: those that moved, then those most complained of and most praised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle

from analysis.statistics.topic_shares import TopicShares
from analysis.types import Comparison, Verdict

FEWEST = 5
"""Comments of one kind about a topic, now or before, from which it can matter: fewer are single voices."""


class Kind(StrEnum):
    """Why a topic is told."""

    WORSE = "worse"  # more complaints than before, likely real
    BETTER = "better"  # fewer complaints
    PRAISED_MORE = "praised_more"
    PRAISED_LESS = "praised_less"
    COMPLAINT = "complaint"  # often complained of
    PRAISE = "praise"  # often praised

    @property
    def negative(self) -> bool:
        """Whether it is about complaints: then its examples are critical comments."""
        return self in (Kind.WORSE, Kind.BETTER, Kind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Matter:
    kind: Kind
    shares: TopicShares

    @property
    def topic(self) -> str:
        return self.shares.topic

    @property
    def change(self) -> Comparison:
        return self.shares.complaints if self.kind.negative else self.shares.praise


def what_matters(topics: Sequence[TopicShares], most: int = 3) -> tuple[Matter, ...]:
    """At most so many topics, each once.

    First those whose share of complaints or of praise changed (likely real, allowing for how many topics were looked at),
    the largest change first; then in turn the topic most complained of and the one most praised. A topic needs 5 comments of
    that kind, now or before. Ties in the order given. Empty where no topic has them.
    """
    found: dict[str, Matter] = {}
    for matter in (*_moved(topics), *_often(topics)):
        found.setdefault(matter.topic, matter)
    return tuple(found.values())[:most]


def _moved(topics: Sequence[TopicShares]) -> list[Matter]:
    moved = [
        Matter(kind, one)
        for one in topics
        for change, now, before, up, down in (
            (one.complaints, one.mentions.negative, one.before.negative, Kind.WORSE, Kind.BETTER),
            (one.praise, one.mentions.positive, one.before.positive, Kind.PRAISED_MORE, Kind.PRAISED_LESS),
        )
        if change.verdict is Verdict.LIKELY_REAL and max(now, before) >= FEWEST
        for kind in [up if (change.difference or 0.0) > 0 else down]
    ]
    return sorted(moved, key=lambda one: -abs(one.change.difference or 0.0))


def _often(topics: Sequence[TopicShares]) -> Iterator[Matter]:
    worst = sorted(topics, key=lambda one: -one.mentions.negative)
    best = sorted(topics, key=lambda one: -one.mentions.positive)
    complaints = [Matter(Kind.COMPLAINT, one) for one in worst if one.mentions.negative >= FEWEST]
    praise = [Matter(Kind.PRAISE, one) for one in best if one.mentions.positive >= FEWEST]
    sides, taken = cycle((complaints, praise)), set[str]()
    while any(one.topic not in taken for one in (*complaints, *praise)):
        found = next((one for one in next(sides) if one.topic not in taken), None)
        if found is not None:
            taken.add(found.topic)
            yield found
