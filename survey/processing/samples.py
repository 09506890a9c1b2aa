"""Labels given by people, in two parts that never meet: a third of all comments measures, the others teach.

Which third is decided by the response's random number: nobody chooses it, and a comment never changes sides.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import aliased

from survey.extensions import db
from survey.models import Comment, CommentLabel, How, Response, Version
from survey.processing import labelled
from survey.questions.definition import Definition, definition_of

MEASURES = uuid.UUID(int=2**128 // 3)  # responses below measure
GROUPS = {"en": ("en",), "zh": ("zh", "mixed")}  # languages of comments, by language of a model
DRAWN = (How.RANDOM.value, How.SECOND.value)
MOST_WEAK = 2000
WEAK_PURPOSES = ("open", "why")
OPINIONS = ("negative", "neutral", "positive")


def measures() -> ColumnElement[bool]:
    return Comment.response_id < MEASURES


def of_language(language: str) -> ColumnElement[bool]:
    return Comment.language.in_(GROUPS[language])


def standing(language: str, *, teaching: bool) -> list[Row[Any]]:
    """The label that holds of each labelled comment that still has its text, oldest first."""
    newest = (
        select(func.max(CommentLabel.id))
        .where(CommentLabel.undone_at.is_(None))
        .group_by(CommentLabel.response_id, CommentLabel.question_code)
    )
    columns = (
        Comment.response_id, Comment.question_code, Comment.text, Comment.purpose, Comment.locale,
        Comment.unit_id, CommentLabel.label, CommentLabel.id,
    )  # fmt: skip
    here = (Comment.response_id == CommentLabel.response_id) & (
        Comment.question_code == CommentLabel.question_code
    )
    statement: Any = (
        select(*columns)
        .join(CommentLabel, here)
        .where(CommentLabel.id.in_(newest), Comment.text != "", of_language(language))
        .order_by(CommentLabel.id)
    )
    part = ~measures() if teaching else measures() & _drawn()
    return list(db.session.execute(statement.where(part)))


def _drawn() -> ColumnElement[bool]:
    """Somebody labelled it because it was drawn, not because of what it says."""
    other = aliased(CommentLabel)
    mine = (other.response_id == Comment.response_id) & (other.question_code == Comment.question_code)
    drawn = other.how.in_(DRAWN) & other.undone_at.is_(None)
    return select(other.id).where(mine, drawn).correlate(Comment).exists()


def counted(language: str, *, teaching: bool) -> dict[str, int]:
    """How many labels of each kind hold."""
    found: dict[str, int] = {}
    for row in standing(language, teaching=teaching):
        found[row.label] = found.get(row.label, 0) + 1
    return found


def twice_labelled(language: str) -> Iterator[tuple[str, str, str]]:
    """(person, comment, label) of each comment that two people or more have labelled; each person's newest label."""
    statement = (
        select(CommentLabel)
        .join(
            Comment,
            (Comment.response_id == CommentLabel.response_id)
            & (Comment.question_code == CommentLabel.question_code),
        )
        .where(CommentLabel.undone_at.is_(None), of_language(language), CommentLabel.how.in_(DRAWN))
    )
    said: dict[str, dict[str, str]] = {}
    for row in db.session.scalars(statement.order_by(CommentLabel.id)):
        said.setdefault(f"{row.response_id} {row.question_code}", {})[str(row.by_id)] = row.label
    for comment, labels in said.items():
        if len(labels) > 1:
            yield from ((person, comment, label) for person, label in labels.items())


def weak(language: str) -> list[tuple[str, str, str]]:
    """(text, purpose, label): newest comments whose score is at an end of its scale and that are not labelled."""
    columns = Comment.text, Comment.purpose, Comment.label, Response.answers, Response.version_id
    statement: Any = (
        select(*columns)
        .join(Response, Response.id == Comment.response_id)
        .where(~measures(), of_language(language), Comment.text != "", Comment.purpose.in_(WEAK_PURPOSES))
        .where(Comment.method != labelled.METHOD, Comment.label.in_((*OPINIONS, "undecided")))
        .order_by(Comment.submitted_on.desc(), Comment.response_id)
        .limit(2 * MOST_WEAK)
    )
    versions = {version.id: definition_of(version) for version in db.session.scalars(select(Version))}
    found = []
    for row in db.session.execute(statement):
        end = end_of(versions[row.version_id], row.answers)
        if end and {end, row.label} != {"negative", "positive"}:
            found.append((row.text, row.purpose, end))
    return found[:MOST_WEAK]


def end_of(definition: Definition, answers: Mapping[str, Any]) -> str | None:
    """What the first scale that was answered says, where it is at one of its ends."""
    for code, track in definition.tracks.items():
        if track.scale is None or not track.single or track.expectation_of or track.absence_of:
            continue
        scale, answer = track.scale.values, answers.get(code.partition(".")[0])
        if str(answer) in scale:
            value = scale[str(answer)]
            return {min(scale.values()): "negative", max(scale.values()): "positive"}.get(value)
    return None
