"""Finding comments whose text somebody else has already sent."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from survey.extensions import db
from survey.models import Comment, Response
from survey.processing.flags import LEAST_TEXT
from survey.questions.definition import definition_of

Key = tuple[int, str]  # questionnaire, hash of the text


def text_hash(text: str) -> str:
    """Letters and digits only, width and case folded, so that spaces and points make no other text."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in folded if c.isalnum())
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()[:32]


def comments_of(response: Response) -> Iterator[tuple[str, str]]:
    """(question code, text) of each comment of a response."""
    for question in definition_of(response.version).shown(response.answers):
        text = response.answers.get(question.code)
        if question.kind == "said" and isinstance(text, str):
            yield question.code, text


def texts_seen_before(batch: Sequence[Response]) -> set[Key]:
    """Hashes of longer texts that stand in stored comments already, or more than once in the batch."""
    here: Counter[Key] = Counter(
        (response.questionnaire_id, text_hash(text)) for response in batch for text in _long_texts(response)
    )
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


def _long_texts(response: Response) -> Iterable[str]:
    try:
        return {text for _code, text in comments_of(response) if len(text) >= LEAST_TEXT}
    except Exception:
        return ()  # a response that cannot be read fails by itself, in readings.py, not here for all
