"""What one processed response adds to the tallies. Used by the worker and by the recount alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Row

from survey.models import Response
from survey.processing.cuts import Place
from survey.questions.definition import Definition

RESPONSES = "*"  # the series of the responses themselves
RECEIVED = "received"
UNDECIDED = "said:undecided"  # an option of a choice may well be called "undecided"


def place_of(response: Response | Row[Any]) -> Place:
    return Place(
        response.submitted_on, response.unit_id, response.service_type_id, response.channel, response.locale
    )


def counts_of(
    definition: Definition,
    answers: Mapping[str, Any],
    sentiments: Mapping[str, str],
    flags: Iterable[str],
) -> Iterator[tuple[str, str]]:
    """(series code, value) pairs. `sentiments` gives the label of each comment by question code."""
    yield RESPONSES, RECEIVED
    for flag in flags:
        yield RESPONSES, f"flag:{flag}"
    for question in definition.shown(answers):
        yield from question.counts(answers.get(question.code))
        if question.code in sentiments:
            label = sentiments[question.code]
            yield question.code, UNDECIDED if label == "undecided" else label
