"""Quality flags: signs that a response may not be a person's considered answer. They hide nothing by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from survey.questions.base import MISSING, NA
from survey.questions.definition import Definition

TOO_FAST = "too_fast"
SAME_ANSWER = "same_answer"
DUPLICATE_TEXT = "duplicate_text"
FLAGS = (TOO_FAST, SAME_ANSWER, DUPLICATE_TEXT)

SECONDS_A_QUESTION = 0.7  # nobody reads and answers faster
LEAST_SECONDS = 2
LEAST_SAME = 8  # scored answers that must all be the same; five times "very satisfied" is an honest answer
LEAST_TEXT = (
    50  # width of a text, a Chinese character counting two; shorter ones are often the same by chance
)


def flags_of(
    definition: Definition, answers: Mapping[str, Any], seconds: int | None, duplicate: bool
) -> list[str]:
    found = []
    if seconds is not None and seconds < max(LEAST_SECONDS, SECONDS_A_QUESTION * len(answers)):
        found.append(TOO_FAST)
    if _all_the_same(definition, answers):
        found.append(SAME_ANSWER)
    if duplicate:
        found.append(DUPLICATE_TEXT)
    return found


def _all_the_same(definition: Definition, answers: Mapping[str, Any]) -> bool:
    scored: list[str] = []
    for question in definition.shown(answers):
        if question.kind == "scored":
            counted = question.counts(answers.get(question.code))
            scored += [value for _code, value in counted if value not in (NA, MISSING)]
    return len(scored) >= LEAST_SAME and len(set(scored)) == 1
