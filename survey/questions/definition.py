"""The whole definition of a questionnaire version, read from its JSON document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from survey.models import Status, Version
from survey.questions import AnyQuestion
from survey.questions.base import Code, Question, Strict, Track
from survey.questions.conditions import Condition
from survey.questions.texts import Text


class Section(Strict):
    code: Code
    title: Text | None = None
    intro: Text | None = None
    show_if: Condition | None = None
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=200)]


class Privacy(Strict):
    notice: Text
    consent: Text | None = None  # a box that must be ticked before sending, when given
    anonymous: bool = True


class Definition(Strict):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    languages: Annotated[tuple[Literal["en", "zh_Hans", "zh_Hant"], ...], Field(min_length=1)]
    title: Text
    intro: Text | None = None
    thanks: Text | None = None
    privacy: Privacy
    layout: Literal["one_page", "by_section"] = "one_page"
    dimensions: dict[Code, Text] = {}
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        check_references(self)
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        return {track.code: track for question in self.questions for track in question.tracks()}

    def shown(self, answers: Mapping[str, Any]) -> Iterator[Question]:
        """The questions that are asked, given the answers so far, in their order."""
        for section in self.sections:
            if section.show_if and not section.show_if.holds(answers):
                continue
            for question in section.questions:
                if not question.show_if or question.show_if.holds(answers):
                    yield question

    def sections_shown(self, answers: Mapping[str, Any]) -> list[Section]:
        return [s for s in self.sections if not s.show_if or s.show_if.holds(answers)]


def check_references(definition: Definition) -> None:
    """Codes are used once; conditions look back only; dimensions are declared. Raises ValueError."""
    seen: set[str] = set()
    for section in definition.sections:
        _check_condition(section.show_if, seen)
        for question in section.questions:
            if question.code in seen:
                raise ValueError(f"code_repeats:{question.code}")
            _check_condition(question.show_if, seen)
            seen.add(question.code)
            if question.dimension and question.dimension not in definition.dimensions:
                raise ValueError(f"unknown_dimension:{question.dimension}")


def _check_condition(condition: Condition | None, seen: set[str]) -> None:
    for code in condition.questions() if condition else ():
        if code not in seen:
            raise ValueError(f"condition_ahead:{code}")


_parsed: dict[str, Definition] = {}


def definition_of(version: Version) -> Definition:
    """The definition of a stored version, parsed once a process for each checksum."""
    definition = _parsed.get(version.checksum)
    if definition is None:
        definition = Definition.model_validate(version.definition)
        if version.status != Status.DRAFT:
            _parsed[version.checksum] = definition
    return definition
