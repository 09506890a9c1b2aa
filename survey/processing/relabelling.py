"""What a person says of one comment: its sentiment, or what it is about; the tallies follow exactly. The caller commits.

No machine changes it afterwards. The response is locked first, as by whoever erases or counts it: two that change
one comment wait for each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, select

from analysis.catalogue import TOPICS
from survey.errors import Invalid
from survey.extensions import db
from survey.models import LABELS, Comment, CommentTopic, OwnTopic
from survey.processing.amending import amend, locked_all
from survey.processing.understanding import Topic

PERSON = "person/1"
OPINIONS = tuple(label for label in LABELS if label != "no_content")
_SIDE = {"negative": -0.5, "positive": 0.5}  # of a topic of which nobody says how strongly


class UnknownLabel(Invalid):
    message = _l("There is no such sentiment.")


class UnknownTopic(Invalid):
    message = _l("There is no such topic.")


def by_person(method: str) -> bool:
    """Whether somebody gave the label (or the topics) that a method of a comment stands for."""
    return method.startswith("person/")


def locked(response_id: uuid.UUID) -> Row[Any] | None:
    """The response, whose comments nobody else changes until the transaction ends; None where it is gone."""
    return locked_all([response_id]).get(response_id)


def relabel(
    response_id: uuid.UUID,
    question_code: str,
    *,
    label: str | None = None,
    score: float | None = None,
    method: str | None = None,
    topics: Mapping[str, str | None] | None = None,
) -> bool:
    """What is None stays as it is. False where there is no such comment in the tallies.

    `topics` are all that the comment is about, each with its label; None for one: the label it had, else the
    comment's. Raises UnknownLabel and UnknownTopic.
    """
    row, comment = locked(response_id), _comment(response_id, question_code)
    if row is None or row.processed_at is None or comment is None:
        return False
    _check_label(label)
    given = {
        "label": label,
        "score": score,
        "method": method,
        "topic_method": None if topics is None else PERSON,
    }
    new = {name: value for name, value in given.items() if value is not None}
    key = response_id, question_code
    found = {} if topics is None else {key: _topics(comment, label or comment.label, topics)}
    amend({response_id: row}, [{key: new}] if new else [], found)
    return True


def _check_label(label: str | None) -> None:
    if label is not None and label not in LABELS:
        raise UnknownLabel


def _comment(response_id: uuid.UUID, question_code: str) -> Any:
    mine = (Comment.response_id == response_id) & (Comment.question_code == question_code)
    return db.session.execute(select(Comment.__table__).where(mine)).one_or_none()


def _topics(comment: Row[Any], label: str, given: Mapping[str, str | None]) -> list[Topic]:
    """Sub-topics stay with the topics that stay."""
    _check(given)
    mine = (CommentTopic.response_id == comment.response_id) & (
        CommentTopic.question_code == comment.question_code
    )
    had = db.session.execute(
        select(CommentTopic.topic, CommentTopic.subtopic, CommentTopic.label, CommentTopic.score).where(mine)
    ).all()
    before = {row.topic: Topic(*row) for row in had if not row.subtopic}
    usual = label if label in OPINIONS else "neutral"
    found = [_topic(code, how, before.get(code), usual) for code, how in given.items()]
    return found + [Topic(*row) for row in had if row.subtopic and row.topic in given]


def _topic(code: str, how: str | None, before: Topic | None, usual: str) -> Topic:
    if before is not None and how in (None, before.label):
        return before
    label = how or usual
    return Topic(code, "", label, _SIDE.get(label, 0.0))


def _check(given: Mapping[str, str | None]) -> None:
    unknown = {code for code in given if code not in TOPICS}
    if unknown - set(db.session.scalars(select(OwnTopic.code).where(OwnTopic.code.in_(unknown)))):
        raise UnknownTopic
    if any(how is not None and how not in OPINIONS for how in given.values()):
        raise UnknownLabel
