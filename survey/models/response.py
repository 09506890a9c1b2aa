"""Responses, written once, and the comments that the worker reads out of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import At, ChannelCode, Json, Locale, MaybeAt, RandomId
from survey.models.questionnaire import Version
from survey.models.searching import Words, place_on

# Its columns stand in the index too: without them SQLite prefers the index of days and reads every response.
WAITING = "processed_at IS NULL AND failed_at IS NULL"
FAILED = "failed_at IS NOT NULL"
INVITED = "invitation_id IS NOT NULL"
WORDLESS = "words IS NULL AND text <> ''"  # a search does not find them yet


class Response(BaseModel):
    """One submission. Everything above `processed_at` is written once and never changed, but for the texts in
    `answers`: the worker masks them, and retention takes them out.

    Without rowid, so that the file of an anonymous survey keeps no order of arrival.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_waiting", "processed_at", "failed_at", "questionnaire_id", "unit_id", "retry_at",
              sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index("ix_response_failed", "failed_at", sqlite_where=text(FAILED), postgresql_where=text(FAILED)),
        Index("ix_response_invitation", "invitation_id", unique=True,
              sqlite_where=text(INVITED), postgresql_where=text(INVITED)),
        Index("ix_response_day", "questionnaire_id", "submitted_on", "unit_id"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    id: Mapped[RandomId]
    # of the form or the file's row; the receipt follows from it
    idempotency_key: Mapped[str] = mapped_column(String(96))
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"))
    channel: Mapped[ChannelCode]
    locale: Mapped[Locale]
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id"))
    invitation_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("invitation.id"))
    answers: Mapped[Json]  # question code -> answer; see survey/questions
    consented: Mapped[bool | None]
    # of the notice and the consent that were shown, see Definition.consent_hashes; the words are in version and locale
    consent_hash: Mapped[str | None] = mapped_column(String(32))
    tier: Mapped[str | None] = mapped_column(
        String(40)
    )  # of the customer, imported; never of an anonymous one
    seconds: Mapped[int | None]  # from the first page to the submission, where known
    submitted_at: Mapped[At]
    submitted_on: Mapped[date]  # the day in the organisation's time zone

    processed_at: Mapped[MaybeAt]
    flags: Mapped[Json | None]  # quality flags found while processing
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    retry_at: Mapped[MaybeAt]
    failed_at: Mapped[MaybeAt]
    failure: Mapped[str | None] = mapped_column(String(300))

    version: Mapped[Version] = relationship()


def _place(context: Any) -> int:
    return place_on(context.get_current_parameters()["submitted_on"])


class Comment(BaseModel):
    """One free text of a response with its sentiment, kept beside for reading and filtering."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_page", "questionnaire_id", "submitted_on", "response_id"),
        Index("ix_comment_unit", "unit_id", "submitted_on"),
        Index("ix_comment_text", "questionnaire_id", "text_hash"),
        Index("ix_comment_place", "place", unique=True),
        Index("ix_comment_unread", "questionnaire_id",
              sqlite_where=text(WORDLESS), postgresql_where=text(WORDLESS)),
        Index("ix_comment_reader", "reader_id", "response_id"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"), primary_key=True)
    question_code: Mapped[str] = mapped_column(String(96), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"))
    channel: Mapped[ChannelCode]
    locale: Mapped[Locale]  # of the page that was answered
    submitted_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(16))  # good, improve, why, open
    text: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(32))  # to find the same text again
    language: Mapped[str] = mapped_column(String(8))  # found in the text: en, zh, mixed, und
    label: Mapped[str] = mapped_column(String(12))  # negative, neutral, positive, no_content, undecided
    score: Mapped[float]  # −1…1
    confidence: Mapped[float] = mapped_column(default=0.0, server_default="0")  # 0…1, an order only
    method: Mapped[str] = mapped_column(String(48))  # "person" where somebody gave the label
    topic_method: Mapped[str] = mapped_column(
        String(48), default="", server_default=""
    )  # likewise, of the topics
    spans: Mapped[Json | None]  # stretches of `text` that decided; see processing/understanding.py
    reader_id: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # of `reader`; 0: read before there were any
    place: Mapped[int] = mapped_column(
        BigInteger, default=_place
    )  # among all comments: by day, random within it
    # what a search finds it by, see survey/models/searching.py; none where the text was removed
    words: Mapped[Sequence[str] | None] = mapped_column(Words)


class Original(BaseModel):
    """What the worker has hidden in the comments of a response, sealed. See survey/processing/originals.py."""

    __tablename__ = "original"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("response.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
