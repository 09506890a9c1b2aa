"""The whole definition of a questionnaire version, read from its JSON document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from survey.models import Status, Version
from survey.questions import AnyQuestion
from survey.questions.base import Code, Question, Strict, Track
from survey.questions.checking import problems_of
from survey.questions.conditions import Condition
from survey.questions.problems import Problems
from survey.questions.texts import Text
from survey.questions.whole import main_track

Language = Literal["en", "zh_Hans", "zh_Hant"]
Sector = Literal["hospital", "power", "telecom", "bank", "home", "catering"]  # as analysis.catalogue has them


class Section(Strict):
    code: Code
    title: Text | None = None
    intro: Text | None = None
    show_if: Condition | None = None
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=200, strict=False)]


class Privacy(Strict):
    notice: Text
    consent: Text | None = None  # a box that must be ticked before sending, when given
    anonymous: bool = True


class Definition(Strict):
    model_config = ConfigDict(ignored_types=(cached_property,))

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    languages: Annotated[tuple[Language, ...], Field(min_length=1, strict=False)]
    title: Text
    intro: Text | None = None
    thanks: Text | None = None
    privacy: Privacy
    layout: Literal["one_page", "by_section"] = "one_page"
    sector: Sector | None = None  # whose words comments are read for topics with; None: those of all
    dimensions: dict[Code, Text] = {}
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=50, strict=False)]

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        found = list(problems_of(self))
        if found:
            raise Problems(*found)
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        base = self.languages[0]
        return {track.code: track for question in self.questions for track in question.tracks(base)}

    @cached_property
    def main_track(self) -> Track | None:
        """The line of figures about the whole: with which topics of comments are counted together."""
        return main_track(self.tracks.values())

    @cached_property
    def consent_hashes(self) -> Mapping[str, str]:
        """By language: names the words of notice and consent that a respondent read. Kept with each response."""
        privacy = self.privacy
        words = {
            locale: [privacy.notice.say(locale), privacy.consent.say(locale) if privacy.consent else None]
            for locale in self.languages
        }
        return {
            locale: hashlib.sha256(
                json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
            ).hexdigest()[:32]
            for locale, said in words.items()
        }

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


_parsed: dict[str, Definition] = {}


def definition_of(version: Version) -> Definition:
    """The definition of a stored version, parsed once a process for each checksum."""
    definition = _parsed.get(version.checksum)
    if definition is None:
        definition = Definition.model_validate(version.definition)
        if version.status != Status.DRAFT:
            _parsed[version.checksum] = definition
    return definition
