"""Reports of a period: what was asked, and the counts behind every figure, from which each page and file is made."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Document, Locale, MaybeAt, RandomId
from survey.models.organisation import Unit
from survey.models.questionnaire import Questionnaire, Version


class Stage(StrEnum):
    """Of the file that the worker makes; page and workbook are there at once."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    IMPOSSIBLE = "impossible"  # no Chromium on the worker's machine


class Report(BaseModel):
    """Of a unit with all below it (None: the whole organisation). Nothing that is hidden is in its snapshot."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_made_at", "made_at"),)

    id: Mapped[RandomId]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    scope_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # all that its maker could see
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    locale: Mapped[Locale]
    made_at: Mapped[At]
    made_by: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"))
    snapshot: Mapped[Any] = deferred(mapped_column(Document, nullable=False))
    identity: Mapped[str] = mapped_column(String(64))  # SHA-256 of the snapshot

    stage: Mapped[str] = mapped_column(String(10), default=Stage.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[MaybeAt]  # a worker is at it
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    questionnaire: Mapped[Questionnaire] = relationship()
    version: Mapped[Version] = relationship()
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    scope: Mapped[Unit | None] = relationship(foreign_keys=[scope_id])
    maker: Mapped[User] = relationship()
