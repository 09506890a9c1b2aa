"""What comments are about, as the worker read it; with which reader; and what an organisation adds to the lists."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import At, Id, Json, MaybeAt, Texts

TOPIC_LENGTH = 40  # characters of a code; two of them and a label make a tally's value


class CommentTopic(BaseModel):
    """A topic that a comment mentions, once with the sub-topic "" and once with each sub-topic it names."""

    __tablename__ = "comment_topic"
    __table_args__ = (
        Index(
            "ix_comment_topic_page", "questionnaire_id", "topic", "subtopic", "submitted_on", "response_id"
        ),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"), primary_key=True)
    question_code: Mapped[str] = mapped_column(String(96), primary_key=True)
    topic: Mapped[str] = mapped_column(String(TOPIC_LENGTH), primary_key=True)
    subtopic: Mapped[str] = mapped_column(String(TOPIC_LENGTH), primary_key=True)
    label: Mapped[str] = mapped_column(String(12))  # negative, neutral, positive, undecided
    score: Mapped[float]  # −1…1
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    submitted_on: Mapped[date]


class Reader(BaseModel):
    """What comments were read with, from when on. A comment whose reader is older than the newest is read anew.

    One without a fingerprint asks for that and reads nothing itself.
    """

    __tablename__ = "reader"

    id: Mapped[Id]
    fingerprint: Mapped[str] = mapped_column(String(32))  # of everything that decides what is read
    details: Mapped[Json]  # versions, methods, how many own terms; of a request, why
    began_at: Mapped[At]


class OwnTopic(BaseModel):
    """A topic that the organisation made. Its code and its name stay when it has ended: comments were counted by it."""

    __tablename__ = "own_topic"

    code: Mapped[str] = mapped_column(String(TOPIC_LENGTH), primary_key=True)
    names: Mapped[Texts]
    made_at: Mapped[At]
    made_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    ended_at: Mapped[MaybeAt]


class OwnTerm(BaseModel):
    """A term of the organisation's own, for a topic, a sub-topic ("price.bill") or a topic of its own."""

    __tablename__ = "own_term"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(2 * TOPIC_LENGTH + 1))
    term: Mapped[str] = mapped_column(String(60))  # as it was written; analysis/topics/terms.py reads it
    made_at: Mapped[At]
    made_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    ended_at: Mapped[MaybeAt]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
