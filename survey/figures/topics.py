"""Topics of comments by merged counts: how often each is mentioned and how, and the ratings of those who mention it.

NOT suppressed: ask `comments_told` first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.statistics.topic_shares import Mentioned, Mentions
from survey.figures.filters import Dimension, Filters
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.figures.subjects import Subject
from survey.figures.tallies import Key, counts
from survey.models import Grain, User
from survey.processing.counting import ABOUT, TOPICAL, UNDECIDED, WITH

CONTENT = ("negative", "neutral", "positive", UNDECIDED)  # labels of comments that say something


@dataclass(frozen=True, slots=True)
class Heard:
    """Comments of one group: with content, those without a topic among them, and the mentions of each topic."""

    mentioned: Mentioned
    without: int = 0


def comments_told(
    published: Publication, responses: int, said: Sequence[Subject], filters: Filters, seen: Places
) -> bool:
    """Whether what these comments say may be counted for all to see: where the comment questions' own figures are
    published, or every one of the comments may be read (none is of a unit with few responses; see Selection.small_units).

    `responses` is the series of the responses themselves.
    """
    if published.shows_all([one.series_id for one in said], filters):
        return True
    return published.shows(responses, filters) and all(
        published.shows_own(responses, filters, unit) for unit in seen.below(filters.unit_path)
    )


def heard(
    person: User | None,
    filters: Filters,
    said: Sequence[Subject],
    dimensions: Sequence[Dimension] = (),
    grain: Grain | None = None,
) -> dict[Key, Heard]:
    """The comments to all of these questions together, by the dimensions. Two statements."""
    series = [one.series_id for one in said]
    answers = _together(counts(person, filters, series, dimensions, grain).values())
    beside = _together(counts(person, filters, series, dimensions, grain, beside=True).values())
    return {key: heard_of(found, beside.get(key, {})) for key, found in answers.items()}


def heard_of(answers: Mapping[str, int], beside: Mapping[str, int]) -> Heard:
    """From the counts of comments by label, and what is counted beside them."""
    n = sum(answers.get(label, 0) for label in CONTENT)
    return Heard(Mentioned(n, _mentions(beside)), n - beside.get(TOPICAL, 0))


def merged_heard(found: Iterable[Heard]) -> Heard:
    n = without = 0
    topics: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in found:
        n, without = n + one.mentioned.n, without + one.without
        for topic, of in one.mentioned.topics.items():
            more = (of.negative, of.neutral, of.positive, of.undecided)
            topics[topic] = [a + b for a, b in zip(topics[topic], more, strict=True)]
    return Heard(Mentioned(n, {topic: Mentions(*of) for topic, of in topics.items()}), without)


def ratings_with(person: User | None, filters: Filters, main: Subject) -> dict[str, Counter[str]]:
    """The answers to the main question of those whose comment mentions each topic."""
    found = counts(person, filters, [main.series_id], beside=True)[main.series_id].get((), Counter())
    topics: dict[str, Counter[str]] = defaultdict(Counter)
    for value, count in found.items():
        topic, _, answer = value.removeprefix(WITH).partition(":")
        if value.startswith(WITH):
            topics[topic][answer] += count
    return dict(topics)


def _mentions(beside: Mapping[str, int]) -> dict[str, Mentions]:
    labels: dict[str, dict[str, int]] = defaultdict(dict)
    for value, count in beside.items():
        topic, _, label = value.removeprefix(ABOUT).rpartition(":")
        if value.startswith(ABOUT) and value != TOPICAL:
            labels[topic][label] = count
    return {topic: Mentions(**of) for topic, of in labels.items()}


def _together(found: Iterable[Mapping[Key, Counter[str]]]) -> dict[Key, Counter[str]]:
    merged: dict[Key, Counter[str]] = defaultdict(Counter)
    for one in found:
        for key, counted in one.items():
            merged[key].update(counted)
    return merged
