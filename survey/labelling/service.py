"""Giving a comment the label a person says it has, and taking it back. See docs/labelling.md. The caller commits."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import audit, clock
from survey.access import limited
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.models import Comment, CommentLabel, GivenTopics, How, Questionnaire, User
from survey.models.checks import LABELS
from survey.processing import labelled
from survey.processing.relabelling import locked, relabel


def label(person: User, response_id: uuid.UUID, question_code: str, label: str, how: str) -> CommentLabel:
    """The label holds from now on. Raises Missing for a comment that is not this person's to see, and Invalid."""
    if label not in LABELS:
        raise Invalid(_l("Please choose one of the labels."))
    comment = visible(person, response_id, question_code)
    before = labelled.standing(response_id, question_code)
    made = CommentLabel(
        response_id=response_id, question_code=question_code, by=person, at=clock.now(), label=label,
        how=How(how).value,
        read_label=before.read_label if before else comment.label,
        read_score=before.read_score if before else comment.score,
        read_method=before.read_method if before else comment.method,
    )  # fmt: skip
    was = comment.label
    db.session.add(made)
    db.session.flush()
    labelled.stand(response_id, question_code, label)
    note(comment, made, {"label": label, "was": was, "how": how})
    return made


def undo(person: User, response_id: uuid.UUID, question_code: str) -> CommentLabel | None:
    """Takes back this person's newest label of the comment; what held before holds again. None: there was none."""
    comment = visible(person, response_id, question_code)
    mine = select(CommentLabel).where(
        CommentLabel.response_id == response_id,
        CommentLabel.question_code == question_code,
        CommentLabel.by_id == person.id,
        CommentLabel.undone_at.is_(None),
    )
    gone = db.session.scalars(mine.order_by(CommentLabel.id.desc()).limit(1)).one_or_none()
    if gone is None:
        return None
    gone.undone_at = clock.now()
    db.session.flush()
    before = labelled.standing(response_id, question_code)
    if before:
        labelled.stand(response_id, question_code, before.label)
    else:
        relabel(
            response_id, question_code, label=gone.read_label, score=gone.read_score, method=gone.read_method
        )
    note(comment, gone, {"label": before.label if before else gone.read_label, "undone": gone.label})
    return gone


def visible(person: User, response_id: uuid.UUID, question_code: str) -> Comment:
    """Of a response that nobody else changes meanwhile. Raises Missing."""
    locked(response_id)
    mine = (Comment.response_id == response_id) & (Comment.question_code == question_code)
    found: Comment | None = db.session.scalars(
        limited(select(Comment).where(mine, Comment.text != ""), Comment.unit_id, person),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if found is None:
        raise Missing
    return found


def note(comment: Comment, made: CommentLabel | GivenTopics, details: dict[str, Any]) -> None:
    code = db.session.get_one(Questionnaire, comment.questionnaire_id).code
    about = {"comment": f"{made.response_id} {made.question_code}"}
    audit.record(audit.Deed.CHANGED, audit.Thing("comments", code, code, comment.unit_id), about | details)
