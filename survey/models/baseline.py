"""Baselines of control charts, each frozen by a named person with a reason: a later one replaces, none is changed."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, Uuid, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.append_only import keep_rows
from survey.models.columns import At, Id


class Baseline(BaseModel):
    """For one series of figures of one unit with all below it (None: everything), both days included."""

    __tablename__ = "baseline"
    __table_args__ = (Index("ix_baseline_of", "series_id", "unit_id"),)

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(300))
    frozen_at: Mapped[At]
    frozen_by: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"))

    person: Mapped[User] = relationship()


event.listen(Baseline.__table__, "after_create", keep_rows)
