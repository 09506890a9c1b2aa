"""Drills: tests of the duty chain. The case of a drill is opened when it begins; what happened stands there."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.case import Case
from survey.models.columns import At, Id, MaybeAt
from survey.models.organisation import Unit


class Drill(BaseModel):
    __tablename__ = "drill"
    __table_args__ = (
        UniqueConstraint("unit_id", "month", name="uq_drill_month"),
        Index("ix_drill_start", "start_at", "id"),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    severity: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[At]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    month: Mapped[date | None] = mapped_column(
        Date
    )  # the first day, of the one that comes by itself each month
    start_at: Mapped[At]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), unique=True)  # since it has begun
    stopped_at: Mapped[MaybeAt]  # before anybody answered, or before it began

    unit: Mapped[Unit] = relationship()
    asked_by: Mapped[User | None] = relationship()
    case: Mapped[Case | None] = relationship()


class DrillPlan(BaseModel):
    """That a unit has a drill each month, at a working hour that nobody knows before."""

    __tablename__ = "drill_plan"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    severity: Mapped[str] = mapped_column(String(12))
    since: Mapped[At]
    by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))

    unit: Mapped[Unit] = relationship()
    by: Mapped[User | None] = relationship()
