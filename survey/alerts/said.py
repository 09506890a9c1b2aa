"""One response as rules look at it: the answers as they were given, before anything is hidden in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analysis.alarms import Alarming, alarms
from analysis.alarms.keywords import folded
from survey.questions.base import MISSING, NA
from survey.questions.definition import Definition

NEGATIVE = "negative"


@dataclass(frozen=True)
class Remark:
    """A comment."""

    text: str
    label: str = ""  # its sentiment
    topics: Mapping[str, str] = field(default_factory=dict)  # topic code -> sentiment of what was said of it

    @cached_property
    def folded(self) -> str:
        return folded(self.text)

    @cached_property
    def alarming(self) -> frozenset[Alarming]:
        return frozenset(alarm.kind for alarm in alarms(self.text))


@dataclass(frozen=True)
class Judged:
    """A response with its comments; what costs something is read once, when the first rule asks for it."""

    definition: Definition
    answers: Mapping[str, Any]
    comments: tuple[Remark, ...] = ()

    @cached_property
    def scores(self) -> Mapping[str, str]:
        """The value given on each line of figures with a scale."""
        tracks = self.definition.tracks
        return {
            code: value
            for question in self.definition.shown(self.answers)
            for code, value in question.counts(self.answers.get(question.code))
            if value not in (MISSING, NA) and code in tracks and tracks[code].single and tracks[code].scale
        }

    @cached_property
    def asks_for_contact(self) -> bool:
        return any(
            question.asks_for_contact(self.answers.get(question.code))
            for question in self.definition.shown(self.answers)
        )
