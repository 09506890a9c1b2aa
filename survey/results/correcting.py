"""Corrections of labels and topics on the comments page, by those who may label in their units."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.extensions import db
from survey.figures.comments import Listed
from survey.labelling import service, topics
from survey.labelling.queries import published
from survey.models import Comment, CommentLabel, GivenTopics, How, User

KEYS = {"1": "negative", "2": "neutral", "3": "positive", "0": "no_content"}
UNDO = "undo"
PREFIX = "topic-"  # of the fields of the form, before a topic's code
Key = tuple[uuid.UUID, str]  # response id, question code


def correct(person: User, response_id: uuid.UUID, code: str, said: str) -> bool:
    """Gives the label, or takes back this person's newest. False where there was nothing to take back.

    Raises Missing and Invalid. The caller commits.
    """
    if said == UNDO:
        return service.undo(person, response_id, code) is not None
    service.label(person, response_id, code, said, How.EXPLORER)
    return True


def standing(listed: Sequence[Listed]) -> dict[Key, CommentLabel]:
    """The labels that hold, of those comments that have one from a person."""
    return _standing(CommentLabel, listed)


def topics_standing(listed: Sequence[Listed]) -> dict[Key, GivenTopics]:
    """Likewise, of topics."""
    return _standing(GivenTopics, listed)


def _standing(of: Any, listed: Sequence[Listed]) -> dict[Key, Any]:
    ids = [one.comment.response_id for one in listed]
    statement = (
        select(of)
        .where(of.response_id.in_(ids), of.undone_at.is_(None))
        .options(joinedload(of.by))
        .order_by(of.id)
    )
    found = db.session.scalars(statement) if ids else ()
    return {(one.response_id, one.question_code): one for one in found}


def readable(listed: Listed, min_n: int) -> bool:
    """Whether its text may stand on a page of its own: where enough people answered of its unit."""
    mine = (Comment.response_id == listed.key[0]) & (Comment.question_code == listed.key[1])
    return db.session.execute(select(Comment.place).where(mine, published(min_n))).first() is not None


def correct_topics(person: User, key: Key, sent: Mapping[str, str]) -> bool:
    """As the form has them, or takes back this person's newest: False where there was nothing to take back.

    Raises Missing and Invalid. The caller commits.
    """
    if sent.get("do") == UNDO:
        return topics.undo(person, *key) is not None
    given = {
        name.removeprefix(PREFIX): label for name, label in sent.items() if name.startswith(PREFIX) and label
    }
    topics.give(person, *key, given)
    return True
