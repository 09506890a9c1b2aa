"""What people said of a comment: its sentiment, its topics. Several may say so of one comment; who undoes one keeps it as history."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id, Json, MaybeAt


class How(StrEnum):
    """What made a person label this comment."""

    EXPLORER = "explorer"  # a correction while reading
    DISAGREE = "disagree"  # its text and its score say different things
    UNDECIDED = "undecided"
    RANDOM = "random"  # drawn for measuring, never learned from
    SECOND = (
        "second"  # drawn for measuring, after somebody else: labelled without knowing what the other said
    )


class CommentLabel(BaseModel):
    """The newest that is not undone is the label of its comment. `read_…` is what was read in the comment without it.

    Of the response, not of the comment: a comment that is read anew is removed and stored again.
    """

    __tablename__ = "comment_label"
    __table_args__ = (Index("ix_comment_label_of", "response_id", "question_code", "id"),)

    id: Mapped[Id]
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"))
    question_code: Mapped[str] = mapped_column(String(96))
    by_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"), index=True)
    at: Mapped[At]
    label: Mapped[str] = mapped_column(String(12))
    how: Mapped[str] = mapped_column(String(12))
    read_label: Mapped[str] = mapped_column(String(12))
    read_score: Mapped[float]
    read_method: Mapped[str] = mapped_column(String(48))
    undone_at: Mapped[MaybeAt]

    by: Mapped[User] = relationship()


class GivenTopics(BaseModel):
    """All that a person said a comment is about. The newest that is not undone holds. `read_…` is what was read without it."""

    __tablename__ = "given_topics"
    __table_args__ = (Index("ix_given_topics_of", "response_id", "question_code", "id"),)

    id: Mapped[Id]
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"))
    question_code: Mapped[str] = mapped_column(String(96))
    by_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"), index=True)
    at: Mapped[At]
    topics: Mapped[Json]  # code -> what is felt about it
    read_topics: Mapped[Json]  # [topic, sub-topic, label, score]
    read_method: Mapped[str] = mapped_column(String(48))
    undone_at: Mapped[MaybeAt]

    by: Mapped[User] = relationship()
