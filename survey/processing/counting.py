"""What one processed response adds to the tallies. Used by the worker and by the recount alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row

from survey.models import Response
from survey.processing.cuts import Place
from survey.questions.definition import Definition

RESPONSES = "*"  # the series of the responses themselves
RECEIVED = "received"
UNDECIDED = "said:undecided"  # an option of a choice may well be called "undecided"
ABOUT = "about:"  # about:<topic>:<label>, in the series of a comment: once for each topic that it mentions
TOPICAL = "about::any"  # there too: once for each comment that mentions any topic
WITH = "with:"  # with:<topic>:<value>, in the series of the main question: its answer where a comment mentions it
BESIDE = (ABOUT, WITH)  # how values begin that are no answers: a response has any number of them


class Said(NamedTuple):
    """What is counted of one comment."""

    label: str
    topics: tuple[tuple[str, str], ...] = ()  # (topic, label)


def place_of(response: Response | Row[Any]) -> Place:
    return Place(
        response.submitted_on, response.unit_id, response.service_type_id, response.channel, response.locale
    )


def counts_of(
    definition: Definition,
    answers: Mapping[str, Any],
    said: Mapping[str, Said],
    flags: Iterable[str],
) -> Iterator[tuple[str, str]]:
    """(series code, value) pairs. `said` gives what was read of each comment by question code."""
    yield RESPONSES, RECEIVED
    for flag in flags:
        yield RESPONSES, f"flag:{flag}"
    main = definition.main_track
    mentioned: set[str] = set()
    given = None
    for question in definition.shown(answers):
        for code, value in question.counts(answers.get(question.code)):
            yield code, value
            if main is not None and code == main.code:
                given = value
        if question.code in said:
            label, topics = said[question.code]
            yield question.code, UNDECIDED if label == "undecided" else label
            if topics:
                yield question.code, TOPICAL
            for topic, how in topics:
                yield question.code, f"{ABOUT}{topic}:{how}"
                mentioned.add(topic)
    if main is not None and main.scale is not None and given in main.scale.values:
        for topic in sorted(mentioned):
            yield main.code, f"{WITH}{topic}:{given}"
