"""What stays when answers have been removed, and when the files were last cleaned of what was."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import MaybeAt


class Erased(BaseModel):
    """A response that was removed. Its key, a random number, keeps the same form or file from storing it again."""

    __tablename__ = "erased"
    __table_args__ = (
        Index("ix_erased_version", "version_id", "erased_on"),
        {"sqlite_with_rowid": False},
    )

    idempotency_key: Mapped[str] = mapped_column(String(96), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    erased_on: Mapped[date]


class Upkeep(BaseModel):
    """A daily job: the last day on which it was done, and who is at it. Or what a migration left to do once."""

    __tablename__ = "upkeep"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    done_on: Mapped[date | None]
    leased_until: Mapped[MaybeAt]
