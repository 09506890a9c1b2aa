"""Labels given by people stand in the place of what was read in a comment. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from survey.extensions import db
from survey.models import Comment, CommentLabel
from survey.processing.relabelling import PERSON, relabel

METHOD = PERSON
SCORES = {"negative": -1.0, "positive": 1.0}  # of the other labels 0


def standing(response_id: uuid.UUID, question_code: str) -> CommentLabel | None:
    """The newest label of this comment that was not undone."""
    mine = (CommentLabel.response_id == response_id) & (CommentLabel.question_code == question_code)
    statement = select(CommentLabel).where(mine, CommentLabel.undone_at.is_(None))
    return db.session.scalars(statement.order_by(CommentLabel.id.desc()).limit(1)).one_or_none()


def stand(response_id: uuid.UUID, question_code: str, label: str) -> None:
    relabel(response_id, question_code, label=label, score=SCORES.get(label, 0.0), method=METHOD)


def stand_again(ids: Sequence[uuid.UUID]) -> None:
    """Where comments of these responses were read anew: what was read is kept beside, and the label holds."""
    statement = select(CommentLabel).where(
        CommentLabel.response_id.in_(ids), CommentLabel.undone_at.is_(None)
    )
    newest = {
        (row.response_id, row.question_code): row.label
        for row in db.session.scalars(statement.order_by(CommentLabel.id))
    }
    for (response_id, code), label in newest.items():
        comment = db.session.get(Comment, (response_id, code), populate_existing=True)
        if comment is None:
            continue
        read = {"label": comment.label, "score": comment.score, "method": comment.method}
        read_anew((response_id, code), read)
        stand(response_id, code, label)


def read_anew(key: tuple[uuid.UUID, str], read: Mapping[str, Any]) -> None:
    """What is read now in a comment that somebody labelled: it is what holds again when the labels are undone."""
    db.session.execute(
        update(CommentLabel)
        .where(CommentLabel.response_id == key[0], CommentLabel.question_code == key[1])
        .values({f"read_{name}": read[name] for name in ("label", "score", "method")})
    )
