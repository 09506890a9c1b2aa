"""Digests: what somebody is told of the own unit at set times, and which of them were made."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At


class Cadence(StrEnum):
    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DigestChoice(BaseModel):
    """How often, and at which hour of which time zone; who has chosen nothing gets what the role gets."""

    __tablename__ = "digest_choice"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey(User.id), primary_key=True)
    cadence: Mapped[str] = mapped_column(String(8))
    hour: Mapped[int]  # 0–23, by the clock on the wall
    timezone: Mapped[str] = mapped_column(String(64))  # IANA name


class Digest(BaseModel):
    """One person's digest of one period: whoever writes the row makes it, nobody a second time."""

    __tablename__ = "digest"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey(User.id), primary_key=True)
    cadence: Mapped[str] = mapped_column(String(8), primary_key=True)
    last_on: Mapped[date] = mapped_column(Date, primary_key=True)  # of the days it is about
    first_on: Mapped[date] = mapped_column(Date)
    made_at: Mapped[At]
    messages: Mapped[int] = mapped_column(default=0)  # 0: there was nothing to tell
