"""Which part of the questionnaire comes next, decided from what was sent. Nothing is remembered between requests.

A form that is not finished carries all that was typed in hidden fields. On one page, and within a section,
questions that a new answer brings up are shown before anything is complained about or stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict

from survey.questions.base import Question
from survey.questions.definition import Definition, Section
from survey.respond.forms import CONSENT, AnswerForm

# Names of our own controls; no question code begins with an underscore.
KEY, PAGE, GO, SWITCH, ASKED = "_key", "_page", "_go", "_switch", "_asked"
BACK, NEXT = "back", "next"


@dataclass(frozen=True)
class Step:
    """What the respondent sees next; `finished` when all is answered and may be stored."""

    sections: tuple[Section, ...]
    shown: frozenset[str]
    number: int
    count: int
    errors: dict[str, Any]
    carried: tuple[tuple[str, str], ...]
    revealed: str | None = None  # the first question that an answer has just brought up
    finished: bool = False

    @property
    def page(self) -> str:
        return self.sections[0].code

    @property
    def last(self) -> bool:
        return self.number == self.count


class Course:
    """The way through a definition, given what was sent so far."""

    def __init__(self, definition: Definition, sent: MultiDict[str, str]) -> None:
        self.definition = definition
        self.sent = sent
        self.form = AnswerForm(definition, sent)
        self.shown = frozenset(question.code for question in self.form.shown)

    @cached_property
    def pages(self) -> list[tuple[Section, ...]]:
        if self.definition.layout == "one_page":
            return [self.definition.sections]
        return [(section,) for section in self.form.sections()]

    @cached_property
    def current(self) -> int:
        """The page that was sent: the first at the start, the last for a form that names none."""
        name = self.sent.get(PAGE)
        if name is None:
            return len(self.pages) - 1 if self.sent else 0
        return next((i for i, page in enumerate(self.pages) if page[0].code == name), 0)

    def here(self) -> Step:
        """The same page again, with nothing complained about."""
        return self._step(self.current)

    def next(self) -> Step:
        go = self.sent.get(GO)
        if go == BACK:
            return self._step(max(self.current - 1, 0))
        for index in range(self.current + 1):
            errors = self._errors(index)
            if errors:
                return self._step(index, errors=errors)
            revealed = next(self._revealed(index), None)
            if revealed:
                return self._step(index, revealed=revealed.code)
        last = self.current == len(self.pages) - 1
        if not last:
            return self._step(self.current + 1)
        if go == NEXT:
            return self._step(self.current)
        consent = {code: found for code, found in self.form.errors.items() if code == CONSENT}
        return self._step(self.current, errors=consent, finished=not consent)

    def _asked(self, page: int) -> Iterator[Question]:
        """The questions of a page that have their turn, in order."""
        codes = {question.code for section in self.pages[page] for question in section.questions}
        return (question for question in self.form.shown if question.code in codes)

    def _revealed(self, page: int) -> Iterator[Question]:
        return (question for question in self._asked(page) if not self._seen(question))

    def _seen(self, question: Question) -> bool:
        return question.code not in self._conditional or question.code in self._seen_codes

    @cached_property
    def _conditional(self) -> set[str]:
        return {
            question.code
            for section in self.definition.sections
            for question in section.questions
            if question.show_if or section.show_if
        }

    @cached_property
    def _seen_codes(self) -> set[str]:
        answered = (name.partition(".")[0] for name, value in self.sent.items(multi=True) if value)
        return {*self.sent.getlist(ASKED), *answered}

    def _errors(self, page: int) -> dict[str, Any]:
        """What is wrong on a page, without the questions that nobody has seen yet."""
        return {
            question.code: self.form.errors[question.code]
            for question in self._asked(page)
            if question.code in self.form.errors and self._seen(question)
        }

    def _step(self, index: int, **given: Any) -> Step:
        sections = self.pages[index]
        here = {question.code for section in sections for question in section.questions}
        return Step(
            sections=sections,
            shown=self.shown,
            number=index + 1,
            count=len(self.pages),
            errors=given.pop("errors", {}),
            carried=() if given.get("finished") else tuple(self._carried(here, index == len(self.pages) - 1)),
            **given,
        )

    def _carried(self, here: set[str], last: bool) -> Iterator[tuple[str, str]]:
        """What was typed for questions on other pages."""
        for name, value in self.sent.items(multi=True):
            code = value if name == ASKED else name.partition(".")[0]
            if code not in here and (code in self.definition.by_code or (name == CONSENT and not last)):
                yield name, value
