"""Finding comments whose text somebody else has already sent."""

from __future__ import annotations

import unicodedata
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from survey.extensions import db
from survey.models import Comment
from survey.processing.flags import LEAST_TEXT
from survey.processing.words import Words

Key = tuple[int, str]  # questionnaire, hash of the text


def width(text: str) -> int:
    """Characters, wide ones (Chinese) counting two: a measure of content that serves both scripts."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def texts_seen_before(batch: Sequence[Row[Any]], heard: Mapping[uuid.UUID, Words]) -> set[Key]:
    """Hashes of longer texts, as they are masked, that stand in stored comments already, or more than once in the batch."""
    here: Counter[Key] = Counter(
        (response.questionnaire_id, hashed)
        for response in batch
        for hashed in _long_texts(heard.get(response.id))
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


def _long_texts(words: Words | None) -> set[str]:
    """None where a response cannot be read: that fails by itself, in readings.py, not here for all."""
    said = words.comments if words else ()
    return {one.text_hash for one in said if width(one.written) >= LEAST_TEXT}
