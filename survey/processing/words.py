"""What a response says in words: each comment as it was written and as it is stored. Made once a response."""

from __future__ import annotations

import hashlib
import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from analysis.masking import Hidden
from survey.models import Version
from survey.processing.originals import Masking, masked
from survey.questions.base import Question
from survey.questions.definition import Definition, definition_of


@dataclass(frozen=True, slots=True)
class Saying:
    """A comment: as written, as stored, and what is hidden in the latter."""

    question: Question
    written: str
    text: str
    hidden: Sequence[Hidden]
    text_hash: str  # of the stored text


@dataclass(frozen=True, slots=True)
class Words:
    masking: Masking
    comments: tuple[Saying, ...]


def comments_of(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[Question, str]]:
    """Each comment of a response."""
    for question in definition.shown(answers):
        text = answers.get(question.code)
        if question.kind == "said" and isinstance(text, str):
            yield question, text


def spoken(definition: Definition, answers: Mapping[str, Any]) -> Words:
    masking = masked(definition, answers)
    return Words(
        masking,
        tuple(_saying(masking, question, text) for question, text in comments_of(definition, answers)),
    )


def _saying(masking: Masking, question: Question, written: str) -> Saying:
    text = masking.answers[question.code]
    return Saying(question, written, text, masking.hidden.get(question.code, ()), text_hash(text))


def heard(batch: Sequence[Row[Any]], versions: Mapping[int, Version]) -> dict[uuid.UUID, Words]:
    """Of each response that can be read; the others fail in readings.py, each by itself."""
    found = {}
    for response in batch:
        try:
            found[response.id] = spoken(definition_of(versions[response.version_id]), response.answers)
        except Exception:  # noqa: S112 it is tried again where its failure is kept
            continue
    return found


def purpose_of(question: Question) -> str:
    return getattr(question, "purpose", "open")


def text_hash(text: str) -> str:
    """Letters and digits only, width and case folded, so that spaces and points make no other text."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(filter(str.isalnum, folded))
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()[:32]
