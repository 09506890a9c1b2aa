"""read(): the one way from comments to their topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.catalogue import TOPICS
from analysis.sentiment import Label, Sentiment, Span, classify
from analysis.sentiment.normalise import Clean
from analysis.sentiment.score import label_of

from .attribution import score, weigh
from .finding import found_in, prepared
from .lexicon import Lexicon, listed, own
from .types import Coverage, Mention, OwnTerms, Reading, SubtopicFound, TopicFound

# Raised whenever a list or a rule changes: stored beside each reading, so that old ones can be found.
VERSION = "2"

_ORDER = {code: place for place, code in enumerate(TOPICS)}


def _hits(spans: Sequence[Span], clean: Clean) -> list[Span]:
    """The terms that decided the comment's sentiment, placed in the normalised text."""
    if clean.origin is None:
        return list(spans)
    back: dict[int, int] = {}
    for place, written in enumerate(clean.origin):
        back.setdefault(written, place)
    return [Span(back[span.start], back[span.end - 1] + 1, span.text, span.weight) for span in spans]


def known_places(
    plain: str, clean: Clean, opinion: Sentiment, lexicons: Sequence[Lexicon]
) -> list[tuple[int, int]]:
    """Where terms of topics or opinions stand in a prepared comment."""
    terms = [(start, end) for start, end, _ in found_in(plain, lexicons)]
    return terms + [(hit.start, hit.end) for hit in _hits(opinion.spans, clean)]


def _mean(weights: Sequence[float], decided: bool) -> tuple[float, Label]:
    value = score(sum(weights) / len(weights))
    return value, label_of(value) if decided else Label.UNDECIDED


def _topic(code: str, given: list[tuple[Mention, float]], decided: bool) -> TopicFound:
    """One topic from its mentions and the weight that belongs to each."""
    parts: dict[str, list[float]] = {}
    for mention, weight in given:
        if mention.subtopic:
            parts.setdefault(mention.subtopic, []).append(weight)
    subtopics = tuple(SubtopicFound(part, *_mean(weights, decided)) for part, weights in parts.items())
    mentions = tuple(mention for mention, _ in given)
    return TopicFound(code, *_mean([weight for _, weight in given], decided), subtopics, mentions)


def _read(text: str, opinion: Sentiment, lexicons: Sequence[Lexicon]) -> Reading:
    if opinion.label is Label.NO_CONTENT:
        return Reading((), False, opinion.language)
    clean, plain = prepared(text)
    found = found_in(plain, lexicons)
    weights = weigh(plain, _hits(opinion.spans, clean), [(start, end) for start, end, _ in found])
    by_topic: dict[str, list[tuple[Mention, float]]] = {}
    for (first, last, keys), weight in zip(found, weights, strict=True):
        start, end = clean.place(first, last)
        for topic, subtopic in keys:
            mention = Mention(start, end, text[start:end], topic, subtopic)
            by_topic.setdefault(topic, []).append((mention, weight))
    codes = sorted(by_topic, key=lambda code: _ORDER.get(code, len(_ORDER)))
    decided = opinion.label is not Label.UNDECIDED
    return Reading(tuple(_topic(code, by_topic[code], decided) for code in codes), True, opinion.language)


def read(
    texts: Sequence[str],
    sector: str | None = None,
    extra: Iterable[OwnTerms] = (),
    languages: Sequence[str | None] | None = None,
    purposes: Sequence[str | None] | None = None,
    opinions: Sequence[Sentiment] | None = None,
) -> list[Reading]:
    """The topics of each comment, in the order given. Any string is read; the first 5,000 characters count.

    `sector`: a code of SECTORS, None for the lists of all. `extra`: an organisation's own terms. `languages` and
    `purposes` as in analysis.sentiment.classify; `opinions`: what that gave for these texts, where it is known already
    (half the work). Raises TopicError for a wrong sector, code or term, ValueError where
    the lengths differ.
    """
    given = tuple(extra)
    lexicons = [listed(sector), own(given)] if given else [listed(sector)]
    if opinions is None:
        opinions = classify(texts, languages, purposes)
    return [_read(text, opinion, lexicons) for text, opinion in zip(texts, opinions, strict=True)]


def coverage(readings: Iterable[Reading]) -> Coverage:
    """How many of the comments that say something belong to no topic."""
    spoken = [reading for reading in readings if reading.has_content]
    unmatched = sum(not reading.topics for reading in spoken)
    return Coverage(len(spoken), unmatched, unmatched / len(spoken) if spoken else None)
