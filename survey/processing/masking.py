"""Masking what was stored before comments were masked: once, after an update, a batch at a time.

Killed at any moment it goes on where it was: what is masked already has its original, or nothing to hide.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update

from survey.extensions import db
from survey.models import Comment, Original, Response, Upkeep, Version
from survey.processing import originals, traces
from survey.processing.words import text_hash
from survey.questions.definition import definition_of

NAME = "mask"
BATCH = 500  # responses a transaction
_RESPONSE, _COMMENT = cast(Table, Response.__table__), cast(Table, Comment.__table__)


def mask_what_is_stored(commit: Callable[[], None]) -> int:
    """How many responses had something to hide. `commit` ends each batch."""
    if db.session.get(Upkeep, NAME) is None:
        return 0
    done, after = 0, uuid.UUID(int=0)
    while batch := _following(after):
        done += _hide(batch)
        after = batch[-1].id
        commit()
    db.session.execute(delete(Upkeep).where(Upkeep.name == NAME))
    if done:
        traces.want()
    commit()
    return done


def _following(after: uuid.UUID) -> Sequence[Row[Any]]:
    """Processed responses that have comments and no original yet."""
    columns = _RESPONSE.c.id, _RESPONSE.c.version_id, _RESPONSE.c.answers
    statement = select(*columns).where(
        _RESPONSE.c.id > after,
        _RESPONSE.c.processed_at.is_not(None),
        select(Comment.response_id).where(Comment.response_id == _RESPONSE.c.id, Comment.text != "").exists(),
        ~select(Original.response_id).where(Original.response_id == _RESPONSE.c.id).exists(),
    )
    found: Sequence[Any] = db.session.execute(
        statement.order_by(_RESPONSE.c.id).limit(BATCH).with_for_update()
    ).all()
    return found


def _hide(batch: Sequence[Row[Any]]) -> int:
    ids = {row.version_id for row in batch}
    versions = {
        v.id: definition_of(v) for v in db.session.scalars(select(Version).where(Version.id.in_(ids)))
    }
    found = [(row, originals.masked(versions[row.version_id], row.answers)) for row in batch]
    hiding = [(row.id, one) for row, one in found if one.hidden]
    if not hiding:
        return 0
    db.session.execute(insert(Original), [originals.sealed(id_, one.hidden) for id_, one in hiding])
    write_answers({id_: one.answers for id_, one in hiding})
    texts = [
        (id_, code, text) for id_, one in hiding for code in one.hidden if (text := one.answers.get(code))
    ]
    db.session.connection().execute(
        update(_COMMENT)
        .where(_COMMENT.c.response_id == bindparam("this"), _COMMENT.c.question_code == bindparam("asked"))
        .values(
            text=bindparam("left"), text_hash=bindparam("hashed"), words=None
        ),  # made anew by `searching`
        [{"this": id_, "asked": code, "left": text, "hashed": text_hash(text)} for id_, code, text in texts],
    )
    return len(hiding)


def write_answers(answers: dict[uuid.UUID, Any]) -> None:
    if answers:
        db.session.connection().execute(
            update(_RESPONSE).where(_RESPONSE.c.id == bindparam("this")).values(answers=bindparam("left")),
            [{"this": id_, "left": left} for id_, left in answers.items()],
        )
