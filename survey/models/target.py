"""What a unit wants to reach, and what others reached elsewhere."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id
from survey.models.organisation import Unit
from survey.models.questionnaire import Questionnaire

METRICS = ("csat", "nps", "ces", "mean", "mean_100")  # that a target or a benchmark may be about


class Target(BaseModel):
    """Of a unit and of all below it that have none of their own, on the days valid_from…valid_to, both included."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint(
            "unit_id", "questionnaire_id", "question_code", "metric", "valid_from", name="uq_target_begin"
        ),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    question_code: Mapped[str] = mapped_column(String(96))
    metric: Mapped[str] = mapped_column(String(24))
    value: Mapped[float]
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)  # None: until further notice
    set_at: Mapped[At]
    set_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))

    unit: Mapped[Unit] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    set_by: Mapped[User | None] = relationship()

    def valid(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Benchmark(BaseModel):
    """A figure from outside: of which population, measured when, told by whom."""

    __tablename__ = "benchmark"
    __table_args__ = (
        UniqueConstraint("code", "metric", "source", "measured_on", "population", name="uq_benchmark_figure"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(96))  # of a question, in whichever questionnaire it stands
    metric: Mapped[str] = mapped_column(String(24))
    value: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    n: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))
    measured_on: Mapped[date] = mapped_column(Date)
    population: Mapped[str] = mapped_column(String(200), default="")
    imported_at: Mapped[At]
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
