"""What is marked in a comment that is shown: what was searched, the words its sentiment rests on, what names a topic.

The stretches were stored by the worker (survey/processing/understanding.py) and stand in the masked text. What a
person decided rests on no words: then none are marked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from flask_babel import gettext as _

from analysis.searching import Term, spans
from survey.figures.comment_topics import Felt
from survey.names import topic_name
from survey.processing.relabelling import by_person

HIT, GOOD, BAD, ABOUT = "hit", "pro", "con", "topical"  # classes of the page


class Mark(NamedTuple):
    start: int
    end: int
    kind: str
    topic: str = ""


class Piece(NamedTuple):
    """A part of the text between two ends of marks."""

    text: str
    kinds: tuple[str, ...]  # of all marks over it
    topics: tuple[str, ...]  # that it names
    ending: tuple[str, ...]  # topics whose mark ends with it

    @property
    def said(self) -> str:
        """What the marks mean; empty for what was searched only."""
        told = {GOOD: _("Counts for it"), BAD: _("Counts against it")}
        return " · ".join(
            [told[kind] for kind in self.kinds if kind in told] + [topic_name(code) for code in self.topics]
        )


class Decided(NamedTuple):
    """The words that counted, each once."""

    good: list[str]
    bad: list[str]


def pieces(comment: Any, terms: Sequence[Term], topics: Sequence[Felt]) -> list[Piece]:
    """The whole text in its order; `topics` are those that the comment has."""
    text: str = comment.text
    marks = [
        *(Mark(start, end, HIT) for start, end in spans(text, terms)),
        *_opinions(comment),
        *_mentions(comment, {one.topic for one in topics}),
    ]
    return list(_cut(text, sorted(_sound(marks, len(text)))))


def decided(comment: Any) -> Decided:
    """For whoever does not see the marks."""
    found = Decided([], [])
    for mark in _sound(_opinions(comment), len(comment.text)):
        words, said = (found.good if mark.kind == GOOD else found.bad), comment.text[mark.start : mark.end]
        if said not in words:
            words.append(said)
    return found


def _opinions(comment: Any) -> Iterator[Mark]:
    for start, end, weight in _stored(comment, "opinions") if not by_person(comment.method) else ():
        if weight:
            yield Mark(start, end, GOOD if weight > 0 else BAD)


def _mentions(comment: Any, topics: set[str]) -> Iterator[Mark]:
    for start, end, topic, _part in _stored(comment, "mentions"):
        if topic in topics:
            yield Mark(start, end, ABOUT, topic)


def _stored(comment: Any, kind: str) -> Sequence[Any]:
    found: Sequence[Any] = (comment.spans or {}).get(kind, ())
    return found


def _sound(marks: Iterable[Mark], length: int) -> Iterator[Mark]:
    return (mark for mark in marks if 0 <= mark.start < mark.end <= length)


def _cut(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """`marks` in the order of their beginnings."""
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    waiting, over = list(reversed(marks)), list[Mark]()
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        topics = _once(mark.topic for mark in over if mark.topic)
        ending = _once(mark.topic for mark in over if mark.topic and mark.end == end)
        yield Piece(text[start:end], _once(sorted(mark.kind for mark in over)), topics, ending)


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
