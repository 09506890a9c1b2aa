"""Questionnaires, their versions, and the series in which a question's figures run through versions."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, UniqueConstraint, Uuid, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import At, Code, Document, Id, Json, MaybeAt


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Questionnaire(BaseModel):
    __tablename__ = "questionnaire"
    __table_args__ = (
        CheckConstraint("responses_kept_months BETWEEN 1 AND 600", name="responses_kept_months"),
        CheckConstraint("comments_kept_months BETWEEN 1 AND 600", name="comments_kept_months"),
    )

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(String(64), unique=True)
    created_at: Mapped[At]
    retired_at: Mapped[MaybeAt]
    # after so many months the worker removes them; None: kept for ever. See survey/processing/retention.py
    responses_kept_months: Mapped[int | None]
    comments_kept_months: Mapped[int | None]

    versions: Mapped[list[Version]] = relationship(back_populates="questionnaire", order_by="Version.number")

    @property
    def published(self) -> Version | None:
        """The version that new respondents get, if any."""
        return next((v for v in self.versions if v.status == Status.PUBLISHED), None)

    @property
    def draft(self) -> Version | None:
        return next((v for v in self.versions if v.status == Status.DRAFT), None)

    @property
    def latest(self) -> Version:
        return self.versions[-1]


class Version(BaseModel):
    """A frozen edition once published: its definition never changes, it can only be superseded."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default=Status.DRAFT)
    definition: Mapped[Json] = mapped_column(Document, deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))  # SHA-256 of the definition; set by design.service
    series: Mapped[Json] = mapped_column(default=dict)  # question code -> series id, set when published
    created_at: Mapped[At]
    published_at: Mapped[MaybeAt]
    published_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions", lazy="joined")


class Series(BaseModel):
    """What is counted under one question code while its wording and scale stay the same.

    The code is a question's, `question.row` for a matrix row, or `*` for the responses themselves.
    """

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("questionnaire_id", "code", "fingerprint"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    code: Mapped[str] = mapped_column(String(96))
    fingerprint: Mapped[str] = mapped_column(String(32))


@event.listens_for(Version, "before_update")
def _published_is_frozen(_mapper: Mapper[Any], _connection: Connection, version: Version) -> None:
    state = inspect(version)
    before = state.attrs.status.history.deleted or [version.status]
    frozen = ("definition", "checksum", "number")
    if before[0] != Status.DRAFT and any(state.attrs[name].history.has_changes() for name in frozen):
        raise ValueError("a published version is frozen")
