"""What a unit tells everybody: what people said, and what was done about it."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id, MaybeAt, Texts
from survey.models.organisation import Unit


class PublicReply(BaseModel):
    """A draft until it is released; then its words stay as they are, until it is withdrawn."""

    __tablename__ = "public_reply"
    __table_args__ = (Index("ix_public_reply_unit", "unit_id", "released_at"),)

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    said: Mapped[Texts]
    did: Mapped[Texts]
    people: Mapped[int | None]  # how many said so; None: not told
    done_on: Mapped[date] = mapped_column(Date)
    written_at: Mapped[At]
    written_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    released_at: Mapped[MaybeAt]
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    withdrawn_at: Mapped[MaybeAt]

    unit: Mapped[Unit] = relationship()
    written_by: Mapped[User | None] = relationship(foreign_keys=[written_by_id])

    @property
    def is_public(self) -> bool:
        return self.released_at is not None and self.withdrawn_at is None
