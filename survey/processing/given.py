"""Topics given by people stand in the place of those that were read in a comment. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update

from survey.extensions import db
from survey.models import Comment, CommentTopic, GivenTopics
from survey.processing.amending import Key, amend
from survey.processing.relabelling import locked, relabel
from survey.processing.understanding import Topic


def standing(key: Key) -> GivenTopics | None:
    """The newest topics of this comment that were not undone."""
    statement = select(GivenTopics).where(*_of(key), GivenTopics.undone_at.is_(None))
    return db.session.scalars(statement.order_by(GivenTopics.id.desc()).limit(1)).one_or_none()


def read(key: Key) -> list[list[Any]]:
    """What a comment is about now, as `GivenTopics.read_topics` keeps it."""
    columns = CommentTopic.topic, CommentTopic.subtopic, CommentTopic.label, CommentTopic.score
    mine = (CommentTopic.response_id == key[0]) & (CommentTopic.question_code == key[1])
    return [list(row) for row in db.session.execute(select(*columns).where(mine).order_by(*columns[:2]))]


def stand(key: Key, topics: dict[str, str]) -> None:
    relabel(*key, topics=topics)


def restore(key: Key, given: GivenTopics) -> None:
    """What was read holds again."""
    row = locked(key[0])
    if row is not None:
        topics = [Topic(*one) for one in given.read_topics]
        amend({key[0]: row}, [{key: {"topic_method": given.read_method}}], {key: topics})


def read_anew(key: Key, topics: Iterable[Topic], method: str) -> None:
    """What is read now in a comment of which somebody gave the topics: it holds again when they are undone."""
    found = [list(topic) for topic in topics]
    db.session.execute(update(GivenTopics).where(*_of(key)).values(read_topics=found, read_method=method))


def stand_again(ids: Sequence[uuid.UUID]) -> None:
    """Where comments of these responses were removed and stored anew."""
    statement = select(GivenTopics).where(GivenTopics.response_id.in_(ids), GivenTopics.undone_at.is_(None))
    newest = {
        (row.response_id, row.question_code): dict(row.topics)
        for row in db.session.scalars(statement.order_by(GivenTopics.id))
    }
    for key, topics in newest.items():
        comment = db.session.get(Comment, key, populate_existing=True)
        if comment is not None:
            read_anew(key, [Topic(*one) for one in read(key)], comment.topic_method)
            stand(key, topics)


def _of(key: Key) -> tuple[Any, Any]:
    return GivenTopics.response_id == key[0], GivenTopics.question_code == key[1]
