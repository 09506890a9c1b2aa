"""Which comment is labelled next, and how far labelling has come."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from analysis.sentiment import gate
from survey.access import limited
from survey.extensions import db
from survey.models import (
    ANY,
    ANY_SERVICE,
    Comment,
    CommentLabel,
    Grain,
    How,
    Response,
    Series,
    Tally,
    User,
    Version,
)
from survey.models.calibration import LANGUAGES
from survey.processing import evaluating, labelled, samples
from survey.processing.counting import RECEIVED, RESPONSES
from survey.questions.definition import definition_of

TEACH, MEASURE = "teach", "measure"
MODES = (TEACH, MEASURE)
WANTED = {TEACH: gate.LEAST, MEASURE: evaluating.LEAST}  # labels
LOOKED_AT = 400  # newest comments among which one is looked for whose score says otherwise
EVERY_SECOND = 4  # of the comments that measure, one in so many has been labelled by somebody else


@dataclass(frozen=True, slots=True)
class Asked:
    comment: Any  # the columns of Comment
    how: How
    wording: Any  # of its question


def _here(language: str) -> ColumnElement[bool]:
    return samples.of_language(language) & (Comment.text != "")


def published(min_n: int) -> ColumnElement[bool]:
    """Comments of units from which enough people have answered the same questionnaire."""
    enough: Any = (
        select(Series.questionnaire_id, Tally.unit_id)
        .join(Tally, Tally.series_id == Series.id)
        .where(Series.code == RESPONSES, Tally.grain == Grain.MONTH, Tally.value == RECEIVED)
        .where(Tally.channel == ANY, Tally.locale == ANY, Tally.service_type_id == ANY_SERVICE)
        .group_by(Series.questionnaire_id, Tally.unit_id)
        .having(func.sum(Tally.count) >= min_n)
    )
    return tuple_(Comment.questionnaire_id, Comment.unit_id).in_(enough)


def _labelled(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(CommentLabel.id)
        .where(
            CommentLabel.response_id == Comment.response_id,
            CommentLabel.question_code == Comment.question_code,
            CommentLabel.undone_at.is_(None),
            *which,
        )
        .exists()
    )


def _open(person: User, language: str, min_n: int) -> Select[Any]:
    """What this person may see and has not labelled."""
    statement: Any = select(*Comment.__table__.columns).where(_here(language), published(min_n))
    return limited(statement, Comment.unit_id, person).where(~_labelled(CommentLabel.by_id == person.id))


def following(person: User, language: str, mode: str, min_n: int) -> Asked | None:
    """The comment to be labelled next; None where there is none left."""
    free = _open(person, language, min_n)
    found = _to_measure(person, free) if mode == MEASURE else _to_teach(free)
    return Asked(found[0], found[1], _wording(found[0])) if found else None


def one(person: User, language: str, key: tuple[uuid.UUID, str], min_n: int) -> Asked | None:
    """This comment, where it may still be labelled by this person."""
    mine = tuple_(Comment.response_id, Comment.question_code) == key
    row = db.session.execute(_open(person, language, min_n).where(mine)).one_or_none()
    return Asked(row, _how(row), "") if row else None


def _how(row: Any) -> How:
    if row.response_id < samples.MEASURES:
        said = (CommentLabel.response_id == row.response_id) & (
            CommentLabel.question_code == row.question_code
        )
        other = select(CommentLabel.id).where(said, CommentLabel.undone_at.is_(None)).limit(1)
        return How.SECOND if db.session.scalar(other) else How.RANDOM
    if row.label == "undecided":
        return How.UNDECIDED
    return How.DISAGREE if _disagrees([row]) else How.RANDOM


def _to_measure(person: User, free: Select[Any]) -> tuple[Any, How] | None:
    """By the random numbers of the responses; now and then one that somebody else has labelled, unseen."""
    free = free.where(samples.measures()).order_by(Comment.response_id, Comment.question_code).limit(1)
    fresh, known = free.where(~_labelled()), free.where(_labelled())
    mine = select(func.count()).where(CommentLabel.by_id == person.id, CommentLabel.how.in_(samples.DRAWN))
    turn = (db.session.scalar(mine) or 0) % EVERY_SECOND == EVERY_SECOND - 1
    order = [(known, How.SECOND), (fresh, How.RANDOM)]
    for statement, how in order if turn else order[::-1]:
        row = db.session.execute(statement).first()
        if row is not None:
            return row, how
    return None


def _to_teach(free: Select[Any]) -> tuple[Any, How] | None:
    """What teaches most first: the score says otherwise, then undecided, then any."""
    free = free.where(~samples.measures(), ~_labelled(), Comment.method != labelled.METHOD)
    decided = free.where(
        Comment.label.in_(("negative", "positive")), Comment.purpose.in_(samples.WEAK_PURPOSES)
    )
    newest = decided.order_by(Comment.submitted_on.desc(), Comment.response_id).limit(LOOKED_AT)
    against = _disagrees(db.session.execute(newest).all())
    if against is not None:
        return against, How.DISAGREE
    drawn = free.order_by(Comment.response_id, Comment.question_code).limit(1)
    for statement, how in ((drawn.where(Comment.label == "undecided"), How.UNDECIDED), (drawn, How.RANDOM)):
        row = db.session.execute(statement).first()
        if row is not None:
            return row, how
    return None


def _disagrees(rows: Any) -> Any:
    """The first of these whose score stands at the other end of its scale."""
    ids = [row.response_id for row in rows]
    answers = {
        row.id: row
        for row in db.session.execute(
            select(Response.id, Response.answers, Response.version_id).where(Response.id.in_(ids))
        )
    }
    versions = {version.id: definition_of(version) for version in db.session.scalars(select(Version))}
    for row in rows:
        given = answers[row.response_id]
        if {samples.end_of(versions[given.version_id], given.answers), row.label} == {"negative", "positive"}:
            return row
    return None


def _wording(comment: Any) -> Any:
    version = db.session.scalar(
        select(Version)
        .join(Response, Response.version_id == Version.id)
        .where(Response.id == comment.response_id)
    )
    question = definition_of(version).by_code.get(comment.question_code) if version else None
    return question.wording if question else ""


def last_label(person: User, language: str) -> CommentLabel | None:
    """This person's newest label of the language: what going back takes back."""
    here = (Comment.response_id == CommentLabel.response_id) & (
        Comment.question_code == CommentLabel.question_code
    )
    mine = (
        select(CommentLabel)
        .join(Comment, here)
        .where(
            CommentLabel.by_id == person.id,
            CommentLabel.undone_at.is_(None),
            CommentLabel.how != How.EXPLORER.value,
            samples.of_language(language),
        )
    )
    return db.session.scalars(mine.order_by(CommentLabel.id.desc()).limit(1)).one_or_none()


@dataclass(frozen=True, slots=True)
class Progress:
    teach: int  # labels that hold
    measure: int
    classes: dict[str, int]  # of those that teach
    comments: int  # there are in this language

    @property
    def enough(self) -> bool:
        return self.teach >= WANTED[TEACH]


def progress(language: str) -> Progress:
    taught = samples.counted(language, teaching=True)
    drawn = samples.counted(language, teaching=False)
    comments = db.session.scalar(select(func.count()).select_from(Comment).where(_here(language))) or 0
    classes = {name: taught.get(name, 0) for name in samples.OPINIONS}
    return Progress(sum(classes.values()), sum(drawn.get(n, 0) for n in samples.OPINIONS), classes, comments)


def languages() -> list[str]:
    """Of which there are comments; all of them while there is none."""
    found = [
        name
        for name in LANGUAGES
        if db.session.scalar(select(Comment.response_id).where(_here(name)).limit(1))
    ]
    return found or list(LANGUAGES)
