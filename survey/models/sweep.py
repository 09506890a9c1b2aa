"""How the sweeps of the workers went: one row a sweep, for every machine to read."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import MaybeAt


class SweepRun(BaseModel):
    __tablename__ = "sweep_run"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    ended_at: Mapped[MaybeAt]  # when it last came to its end
    seconds: Mapped[float | None]  # how long that run took
    failed_at: Mapped[MaybeAt]
    failures: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(300))  # the last error's type and place, no message
