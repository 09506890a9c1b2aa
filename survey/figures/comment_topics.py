"""What listed comments are about, and limiting a list to those about a topic.

A topic of comments from many units is read along the index of topics, newest first, until the page is full. Of a
single unit the comments are read along their own index, and of those that a search has found along that of the
search: there each comment is asked whether it mentions the topic.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select

from analysis.catalogue import TOPICS
from survey.extensions import db
from survey.figures.comment_filters import NO_TOPIC, About, Wanted
from survey.figures.filters import Filters
from survey.models import Comment, CommentTopic, OwnTopic

SAME_COMMENT = and_(
    CommentTopic.response_id == Comment.response_id, CommentTopic.question_code == Comment.question_code
)


class Felt(NamedTuple):
    """A topic that a comment mentions, and what is felt about it."""

    topic: str
    label: str


def leads(wanted: Wanted, units: Collection[int] | None) -> bool:
    """Whether the list is read along the index of topics."""
    about = wanted.about
    many = units is None or len(units) > 1
    return about is not None and about.topic != NO_TOPIC and many and not wanted.terms


def along(statement: Select[Any], filters: Filters, about: About) -> Select[Any]:
    """For a list that `leads`: days and questionnaire are those of the topic's index."""
    return statement.join(Comment, SAME_COMMENT).where(
        CommentTopic.questionnaire_id == filters.questionnaire_id,
        CommentTopic.submitted_on.between(filters.first_on, filters.last_on),
        *_mentions(about),
    )


def conditions(about: About | None) -> Iterable[ColumnElement[bool]]:
    """For any other list."""
    if about is None:
        return
    if about.topic == NO_TOPIC:
        yield ~select(1).where(SAME_COMMENT).correlate(Comment).exists()
        yield Comment.label != "no_content"
    else:
        yield select(1).where(SAME_COMMENT, *_mentions(about)).correlate(Comment).exists()


def _mentions(about: About) -> Iterable[ColumnElement[bool]]:
    yield CommentTopic.topic == about.topic
    yield CommentTopic.subtopic == ""
    if about.label:
        yield CommentTopic.label == about.label


def topics_of(keys: Sequence[tuple[uuid.UUID, str]]) -> dict[tuple[uuid.UUID, str], list[Felt]]:
    """Of comments by (response id, question code), in the order of the lists; nothing of those without a topic."""
    rank = {code: place for place, code in enumerate(TOPICS)}
    statement = select(
        CommentTopic.response_id, CommentTopic.question_code, CommentTopic.topic, CommentTopic.label
    ).where(CommentTopic.response_id.in_({id_ for id_, _code in keys}), CommentTopic.subtopic == "")
    found: dict[tuple[uuid.UUID, str], list[Felt]] = defaultdict(list)
    for row in db.session.execute(statement) if keys else ():
        found[row.response_id, row.question_code].append(Felt(row.topic, row.label))
    return {
        key: sorted(found[key], key=lambda one: (rank.get(one.topic, len(rank)), one.topic))
        for key in keys
        if key in found
    }


def known_topics(also: str = "") -> list[str]:
    """The codes that can be chosen: of the lists, then of the organisation's own that hold, and one that has ended."""
    own = select(OwnTopic).where(or_(OwnTopic.ended_at.is_(None), OwnTopic.code == also))
    return [*TOPICS, *(one.code for one in db.session.scalars(own.order_by(OwnTopic.code)))]
