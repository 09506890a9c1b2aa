"""What the customers of a case said: their answers, with comments masked or as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.cases import queries
from survey.models import Case, CaseKind, Response
from survey.processing import originals
from survey.processing.erasing import REMOVED
from survey.processing.letter_traces import mark
from survey.questions.base import Question
from survey.questions.definition import definition_of
from survey.sealing import Unreadable


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    words: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    response: Response
    answers: list[Answer]
    anonymous: bool
    hides: bool  # something is masked, and could be read
    mark: str  # of the customer, see customers.py


def voices(case: Case, unmasked: bool, locale: str) -> list[Voice]:
    return [_voice(response, unmasked, locale) for response in queries.responses(case)]


def tells_time(case: Case, voices: Sequence[Voice]) -> bool:
    """Whether the minute of the opening may be shown: it is that in which an anonymous customer answered."""
    return case.kind != CaseKind.FEEDBACK or bool(voices and not any(voice.anonymous for voice in voices))


def _voice(response: Response, unmasked: bool, locale: str) -> Voice:
    definition = definition_of(response.version)
    sealed = originals.rows_of([response.id]).get(response.id)
    given = response.answers
    if unmasked:
        try:
            given = originals.given(response)
        except Unreadable:
            given = response.answers
    answers = [
        one
        for question in definition.questions
        if question.code in given and given[question.code] != REMOVED and _may_be_shown(question, response)
        for one in _answers(question, given[question.code], locale)
    ]
    answers.sort(key=lambda one: not one.is_text)
    return Voice(response, answers, definition.privacy.anonymous, sealed is not None, mark(response.id))


def _answers(question: Question, answer: object, locale: str) -> list[Answer]:
    columns, wording = question.columns(), question.wording.say(locale)
    found = []
    for column, cell in zip(columns, question.cells(answer, locale), strict=True):
        if cell is not None:
            own = column.wording.say(locale)
            name = own if len(columns) == 1 or own == wording else f"{wording} – {own}"
            found.append(Answer(name, str(cell), question.kind == "said"))
    return found


def _may_be_shown(question: Question, response: Response) -> bool:
    """What the worker has not masked yet is not read."""
    return question.kind != "said" or response.processed_at is not None
