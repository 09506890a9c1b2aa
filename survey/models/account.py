"""People who sign in. Each has one role and, but for the administrator, one unit it counts for."""

from __future__ import annotations

import uuid
from enum import StrEnum

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, Uuid
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from survey.extensions import BaseModel
from survey.models.columns import Document, MaybeAt
from survey.models.organisation import Unit


class RoleName(StrEnum):
    ADMINISTRATOR = "administrator"
    QUALITY_MANAGER = "quality_manager"
    HEAD_OF_UNIT = "head_of_unit"
    STAFF = "staff"
    AUDITOR = "auditor"


class User(BaseModel, UserMixin):
    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("role IN ('administrator','auditor') OR unit_id IS NOT NULL", name="role_has_unit"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(24))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    locale: Mapped[str | None] = mapped_column(String(8))
    active: Mapped[bool] = mapped_column(default=True)

    # named as Flask-Security reads them
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: uuid.uuid4().hex)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]  # the time step of the last code used: no code works twice
    # the library takes a used code out of the list in place
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(Document.copy()))
    confirmed_at: Mapped[MaybeAt]
    created_at: Mapped[MaybeAt]

    unit: Mapped[Unit | None] = relationship(lazy="joined")
