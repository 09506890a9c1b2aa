"""What comments say: their sentiment, their topics, and the stretches of the stored text that decided both.

They are read as they were written and stored as they are masked: a stretch is given where it stands in the masked
text; one that touches what is hidden is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from analysis.masking import Hidden, moved
from survey.processing.reader import Reader
from survey.processing.sentiment import classify, method_of

TOPIC_METHOD = "lists"


class Comment(NamedTuple):
    """A comment to be read."""

    written: str
    hidden: Sequence[Hidden]
    locale: str
    purpose: str
    sector: str | None


class Topic(NamedTuple):
    topic: str
    subtopic: str  # "": the topic itself
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Understood:
    """`columns` are those of the table `comment`."""

    columns: Mapping[str, Any]
    topics: tuple[Topic, ...]

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """(topic, label): what is counted."""
        return tuple((one.topic, one.label) for one in self.topics if not one.subtopic)


def understand(comments: Sequence[Comment], reader: Reader) -> list[Understood]:
    """In their order. The first call of a process loads the lexicons."""
    given = (
        [one.written for one in comments],
        [one.locale for one in comments],
        [one.purpose for one in comments],
    )
    opinions = classify(*given, reader.models)
    found: list[Any] = [None] * len(comments)
    for sector in {one.sector for one in comments}:
        places = [place for place, one in enumerate(comments) if one.sector == sector]
        texts, locales, purposes = ([column[place] for place in places] for column in given)
        mine = [opinions[place] for place in places]
        read = import_module("analysis.topics").read(texts, sector, reader.own, locales, purposes, mine)
        for place, reading in zip(places, read, strict=True):
            found[place] = reading
    return [
        _understood(one, opinion, reading, reader)
        for one, opinion, reading in zip(comments, opinions, found, strict=True)
    ]


def _understood(comment: Comment, opinion: Any, reading: Any, reader: Reader) -> Understood:
    columns = {
        "language": opinion.language,
        "label": opinion.label.value,
        "score": opinion.score,
        "confidence": opinion.confidence,
        "method": method_of(opinion),
        "topic_method": f"{TOPIC_METHOD}/{reader.details['topics']}",
        "spans": _spans(comment.hidden, opinion, reading) or None,
        "reader_id": reader.id,
    }
    return Understood(columns, tuple(_topics(reading)))


def _topics(reading: Any) -> list[Topic]:
    found = []
    for one in reading.topics:
        found.append(Topic(one.topic, "", one.label.value, one.score))
        found += [Topic(one.topic, part.code, part.label.value, part.score) for part in one.subtopics]
    return found


def _spans(hidden: Sequence[Hidden], opinion: Any, reading: Any) -> dict[str, list[list[Any]]]:
    """opinions: [start, end, weight]; mentions: [start, end, topic, subtopic]. Characters of the masked text."""
    opinions = [
        [*place, span.weight] for span in opinion.spans if (place := moved(hidden, span.start, span.end))
    ]
    mentions = [
        [*place, one.topic, one.subtopic]
        for topic in reading.topics
        for one in topic.mentions
        if (place := moved(hidden, one.start, one.end))
    ]
    found = {"opinions": opinions, "mentions": sorted(mentions)}
    return {name: places for name, places in found.items() if places}
