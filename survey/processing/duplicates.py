"""Finding comments whose text somebody else has already sent."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from analysis.masking import mask
from survey.extensions import db
from survey.models import Comment, Version
from survey.processing.flags import LEAST_TEXT
from survey.questions.definition import Definition, definition_of

Key = tuple[int, str]  # questionnaire, hash of the text


def text_hash(text: str) -> str:
    """Letters and digits only, width and case folded, so that spaces and points make no other text."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in folded if c.isalnum())
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()[:32]


def width(text: str) -> int:
    """Characters, wide ones (Chinese) counting two: a measure of content that serves both scripts."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def comments_of(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(question code, text) of each comment of a response."""
    for question in definition.shown(answers):
        text = answers.get(question.code)
        if question.kind == "said" and isinstance(text, str):
            yield question.code, text


def texts_seen_before(batch: Sequence[Row[Any]], versions: Mapping[int, Version]) -> set[Key]:
    """Hashes of longer texts, as they are masked, that stand in stored comments already, or more than once in the batch."""
    here: Counter[Key] = Counter(
        (response.questionnaire_id, text_hash(text))
        for response in batch
        for text in _long_texts(response, versions)
    )
    if not here:
        return set()
    stored = db.session.execute(
        select(Comment.questionnaire_id, Comment.text_hash)
        .where(
            Comment.questionnaire_id.in_({key[0] for key in here}),
            Comment.text_hash.in_({key[1] for key in here}),
            Comment.response_id.not_in([response.id for response in batch]),
        )
        .distinct()
    )
    return {key for key, times in here.items() if times > 1} | {(q, h) for q, h in stored}


def _long_texts(response: Row[Any], versions: Mapping[int, Version]) -> Iterable[str]:
    try:
        said = comments_of(definition_of(versions[response.version_id]), response.answers)
        return {mask(text).text for _code, text in said if width(text) >= LEAST_TEXT}
    except Exception:
        return ()  # a response that cannot be read fails by itself, in readings.py, not here for all
