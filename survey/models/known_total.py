"""Known totals of those who were served, to which figures can be weighted: replaced by later ones, never changed."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.append_only import keep_rows
from survey.models.columns import At, Id, Json


class Margin(StrEnum):
    """By what the totals are told apart; the names are those of figures.Dimension."""

    SERVICE_TYPE = "service_type"
    CHANNEL = "channel"
    LOCALE = "locale"
    UNIT = "unit"


class KnownTotals(BaseModel):
    """All totals of one margin of a questionnaire, as of a day. The last entered counts; without totals: none."""

    __tablename__ = "known_totals"
    __table_args__ = (Index("ix_known_totals_of", "questionnaire_id", "margin"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    margin: Mapped[str] = mapped_column(String(16))
    totals: Mapped[Json]  # persons by code of unit or service type, channel or language
    source: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date] = mapped_column(Date)
    entered_at: Mapped[At]
    entered_by: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"))

    person: Mapped[User] = relationship()


event.listen(KnownTotals.__table__, "after_create", keep_rows)
