"""Comments about a topic: the newest ones, from which a few telling ones are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, and_, select

from analysis.summary import Said, telling
from analysis.wording.hidden import hides
from survey.extensions import db
from survey.figures.comments import within
from survey.figures.filters import Filters
from survey.models import Comment, CommentTopic, User

LOOKED_AT = 120  # comments of each kind; what may not be shown is left out of them
_SHOWN = [column for column in Comment.__table__.columns if column.name not in ("words", "text_hash")]
COUNTED = 500  # of which sub-topics are told


def examples(
    person: User | None, filters: Filters, topic: str, label: str, *, without: Iterable[int], most: int = 2
) -> list[Any]:
    """Rows of comments that say best what is felt about the topic; the rule stands in analysis/summary/telling.py.

    `without` are the units whose comments are hidden.
    """
    statement = _about(person, filters, topic, without).where(
        CommentTopic.label == label, CommentTopic.subtopic == ""
    )
    rows = {
        (row.response_id, row.question_code): row for row in db.session.execute(statement.limit(LOOKED_AT))
    }
    said = [Said(key, row.text, hides(row.text)) for key, row in rows.items()]
    told = {one.key for one in telling(said, most)}
    return [row for key, row in rows.items() if key in told]


def subtopics(
    person: User | None, filters: Filters, topic: str, *, without: Iterable[int]
) -> tuple[dict[str, Counter[str]], int]:
    """Of the newest comments about a topic: label -> comments, by sub-topic ("" where none is named); and how many they are."""
    newest = (
        _about(person, filters, topic, without)
        .where(CommentTopic.subtopic == "")
        .with_only_columns(CommentTopic.response_id, CommentTopic.question_code, CommentTopic.label)
        .limit(COUNTED)
    )
    rows = db.session.execute(newest).all()
    parts = select(
        CommentTopic.response_id, CommentTopic.question_code, CommentTopic.subtopic, CommentTopic.label
    ).where(
        CommentTopic.topic == topic,
        CommentTopic.subtopic != "",
        CommentTopic.response_id.in_([row.response_id for row in rows]),
    )
    known = {(row.response_id, row.question_code) for row in rows}
    named = [row for row in db.session.execute(parts) if (row.response_id, row.question_code) in known]
    found: dict[str, Counter[str]] = {}
    for row in named:
        found.setdefault(row.subtopic, Counter())[row.label] += 1
    with_part = {(row.response_id, row.question_code) for row in named}
    rest = Counter(row.label for row in rows if (row.response_id, row.question_code) not in with_part)
    return found | ({"": rest} if rest else {}), len(rows)


def _about(person: User | None, filters: Filters, topic: str, without: Iterable[int]) -> Select[Any]:
    """Newest first, along the index of topics."""
    return (
        select(*_SHOWN)
        .join(
            CommentTopic,
            and_(
                CommentTopic.response_id == Comment.response_id,
                CommentTopic.question_code == Comment.question_code,
            ),
        )
        .where(
            CommentTopic.questionnaire_id == filters.questionnaire_id,
            CommentTopic.topic == topic,
            CommentTopic.submitted_on.between(filters.first_on, filters.last_on),
            Comment.text != "",  # retention takes the text and leaves its sentiment
            *within(person, filters, without),
        )
        .order_by(CommentTopic.submitted_on.desc(), CommentTopic.response_id.desc())
    )
