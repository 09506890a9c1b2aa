"""Selections of comments that somebody keeps under a name: filters only, never what they found."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id


class SavedView(BaseModel):
    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("by_id", "name"),)

    id: Mapped[Id]
    by_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(80))
    filters: Mapped[str] = mapped_column(String(2000))  # of the address, as the comments page has it
    shared: Mapped[bool] = mapped_column(default=False)  # with whoever is of the same unit or one below
    saved_at: Mapped[At]

    by: Mapped[User] = relationship()
