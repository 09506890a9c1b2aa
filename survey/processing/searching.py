"""The words by which comments are found: made with each comment, and once for those stored before there was a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import Table, bindparam, select, update

from analysis.searching import tokens, unit_token
from survey.extensions import db
from survey.models import Comment

BATCH = 1000
_COMMENT = cast(Table, Comment.__table__)


def words_of(text: str, unit_id: int) -> list[str]:
    """What `comment.words` holds of a text as it is stored, that is masked."""
    return [*tokens(text), unit_token(unit_id)]


def read_what_is_stored(commit: Callable[[], None]) -> int:
    """How many comments had no words yet. `commit` ends each batch; killed at any moment it goes on where it was."""
    done = 0
    columns = _COMMENT.c.place, _COMMENT.c.text, _COMMENT.c.unit_id
    waiting = select(*columns).where(_COMMENT.c.words.is_(None), _COMMENT.c.text != "").limit(BATCH)
    while batch := db.session.execute(waiting.with_for_update()).all():
        db.session.connection().execute(
            update(_COMMENT).where(_COMMENT.c.place == bindparam("this")).values(words=bindparam("said")),
            [{"this": row.place, "said": words_of(row.text, row.unit_id)} for row in batch],
        )
        done += len(batch)
        commit()
    return done
