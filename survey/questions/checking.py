"""What holds for a definition as a whole: codes, conditions, dimensions, languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from survey.questions.base import Question
from survey.questions.conditions import Condition
from survey.questions.problems import Problem, problem
from survey.questions.texts import texts_in

if TYPE_CHECKING:
    from survey.questions.definition import Definition


def problems_of(definition: Definition) -> Iterator[Problem]:
    yield from _languages(definition)
    yield from _sections(definition)
    yield from _pairs(definition)
    yield from _told_once(definition)
    seen: dict[str, Question] = {}
    for s, section in enumerate(definition.sections):
        yield from _condition(section.show_if, seen, "sections", s, "show_if")
        for q, question in enumerate(section.questions):
            path = ("sections", s, "questions", q)
            if question.code in seen:
                yield problem("repeats", *path, "code", value=question.code)
            if question.dimension and question.dimension not in definition.dimensions:
                yield problem("unknown_dimension", *path, "dimension", name=question.dimension)
            yield from _condition(question.show_if, seen, *path, "show_if")
            seen[question.code] = question


def _languages(definition: Definition) -> Iterator[Problem]:
    if len(set(definition.languages)) < len(definition.languages):
        yield problem("languages_repeat", "languages")
    first = definition.languages[0]
    for path, text in texts_in(definition):
        if text.lacks([first]):
            yield problem("lacks_first", *path, language=first)


def _sections(definition: Definition) -> Iterator[Problem]:
    codes = [section.code for section in definition.sections]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield problem("repeats", "sections", index, "code", value=code)


def _pairs(definition: Definition) -> Iterator[Problem]:
    """A question belongs to another one, of its own type and with the same answers, that belongs to no other."""
    known = {question.code: question for section in definition.sections for question in section.questions}
    taken: set[str] = set()
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            code = question.partner
            if code is None:
                continue
            path = ("sections", s, "questions", q, question.pair)
            other = known.get(code)
            if other is None or other.code == question.code or other.type != question.type or other.partner:
                yield problem("pair_unknown", *path, question=code)
            elif not question.pairs_with(other):
                yield problem("pair_differs", *path, question=code)
            elif code in taken:
                yield problem("pair_twice", *path, question=code)
            taken.add(code)


def _told_once(definition: Definition) -> Iterator[Problem]:
    """One question at most asks for each thing that is told of who answered."""
    taken: dict[str, str] = {}
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            told = getattr(question, "tells", None)
            if told in taken:
                yield problem("told_twice", "sections", s, "questions", q, "tells", question=taken[told])
            elif told:
                taken[told] = question.code


def _condition(
    condition: Condition | None, seen: Mapping[str, Question], *path: str | int
) -> Iterator[Problem]:
    """Conditions look back only, and wait for something that can come."""
    for place, test in condition.tests(*path) if condition else ():
        question = seen.get(test.question or "")
        if question is None:
            yield problem("condition_ahead", *place, "question", question=test.question)
        elif test.op in ("at_most", "at_least") and not question.numeric:
            yield problem("condition_unordered", *place, "op", question=test.question)
        elif test.op in ("is", "is_not"):
            for value in test.wanted():
                if not question.may_give(value):
                    yield problem("condition_never", *place, "value", value=value, question=test.question)
