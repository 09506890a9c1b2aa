"""What stored responses count, read again from them: for the recount, and wherever a response leaves the tallies."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from survey.extensions import db
from survey.models import Comment, CommentTopic, Version
from survey.processing.counting import Said, counts_of, place_of
from survey.processing.cuts import Place
from survey.questions.definition import definition_of

Sayings = Mapping[uuid.UUID, Mapping[str, Said]]  # of each response's comments, by question code


@dataclass(frozen=True, slots=True)
class Counted:
    version_id: int
    place: Place
    counts: tuple[tuple[int, str], ...]  # (series id, value)


def counted(rows: Iterable[Row[Any]], sayings: Sayings) -> Iterator[Counted]:
    """Of processed responses, which alone are in the tallies."""
    versions = {version.id: version for version in db.session.scalars(select(Version))}
    for row in rows:
        if row.processed_at is None:
            continue
        version = versions[row.version_id]
        found = counts_of(definition_of(version), row.answers, sayings.get(row.id, {}), row.flags or ())
        yield Counted(
            version.id, place_of(row), tuple((version.series[code], value) for code, value in found)
        )


def said_where(condition: Callable[[Any], ColumnElement[bool]]) -> Sayings:
    """`condition` of either table: comments and their topics."""
    topics: dict[tuple[uuid.UUID, str], tuple[tuple[str, str], ...]] = defaultdict(tuple)
    found = select(
        CommentTopic.response_id, CommentTopic.question_code, CommentTopic.topic, CommentTopic.label
    )
    for id_, code, topic, label in db.session.execute(
        found.where(condition(CommentTopic), CommentTopic.subtopic == "")
    ):
        topics[id_, code] += ((topic, label),)
    said: dict[uuid.UUID, dict[str, Said]] = defaultdict(dict)
    comments = select(Comment.response_id, Comment.question_code, Comment.label).where(condition(Comment))
    for id_, code, label in db.session.execute(comments):
        said[id_][code] = Said(label, topics.get((id_, code), ()))
    return said


def said_of(ids: Sequence[uuid.UUID]) -> Sayings:
    return said_where(lambda table: table.response_id.in_(ids))
