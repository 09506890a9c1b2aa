"""Saying what a comment is about, and taking it back. See docs/labelling.md. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.labelling.service import note, visible
from survey.models import GivenTopics, User
from survey.processing import given


def give(person: User, response_id: uuid.UUID, question_code: str, topics: Mapping[str, str]) -> GivenTopics:
    """These and no others hold from now on, each with what is felt about it.

    Raises Missing for a comment that is not this person's to see, UnknownTopic and UnknownLabel.
    """
    comment = visible(person, response_id, question_code)
    key, was = (response_id, question_code), _names(given.read((response_id, question_code)))
    before = given.standing(key)
    made = GivenTopics(
        response_id=response_id, question_code=question_code, by=person, at=clock.now(), topics=dict(topics),
        read_topics=before.read_topics if before else given.read(key),
        read_method=before.read_method if before else comment.topic_method,
    )  # fmt: skip
    given.stand(key, dict(topics))
    db.session.add(made)
    db.session.flush()
    note(comment, made, {"topics": dict(topics), "was": was})
    return made


def undo(person: User, response_id: uuid.UUID, question_code: str) -> GivenTopics | None:
    """Takes back this person's newest topics of the comment; what held before holds again. None: there were none."""
    comment = visible(person, response_id, question_code)
    mine = select(GivenTopics).where(
        GivenTopics.response_id == response_id,
        GivenTopics.question_code == question_code,
        GivenTopics.by_id == person.id,
        GivenTopics.undone_at.is_(None),
    )
    gone = db.session.scalars(mine.order_by(GivenTopics.id.desc()).limit(1)).one_or_none()
    if gone is None:
        return None
    gone.undone_at = clock.now()
    db.session.flush()
    key = response_id, question_code
    before = given.standing(key)
    if before:
        given.stand(key, dict(before.topics))
    else:
        given.restore(key, gone)
    note(comment, gone, {"topics": _names(given.read(key)), "undone": dict(gone.topics)})
    return gone


def _names(rows: list[list[Any]]) -> dict[str, str]:
    return {topic: label for topic, part, label, _score in rows if not part}
