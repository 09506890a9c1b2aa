"""Models of sentiment that an organisation's labels made, which of them reads, and how good readers were found to be."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Id, Json, MaybeAt

LANGUAGES = ("en", "zh")  # of a model: both scripts of Chinese together


class Why(StrEnum):
    """Why a reader began to read."""

    BETTER = "better"  # it beat the one before
    CHOSEN = "chosen"  # by a person
    BROKEN = "broken"  # the one before could not be read from the database


class Calibration(BaseModel):
    """Learning once: asked for, then done. With a body it is a version of the model, whether or not it ever read."""

    __tablename__ = "calibration"
    __table_args__ = (Index("ix_calibration_language", "language", "id"),)

    id: Mapped[Id]
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[At]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    leased_until: Mapped[MaybeAt]
    done_at: Mapped[MaybeAt]
    problem: Mapped[str | None] = mapped_column(String(120))  # why it did not go live
    figures: Mapped[Json | None]  # labels, macro-F1 and how it was compared
    learned_to: Mapped[int | None]  # the newest label it knew
    body: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # NPZ; see analysis/sentiment
    checksum: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the body

    asked_by: Mapped[User | None] = relationship()


class ChosenReader(BaseModel):
    """From when on a model (none: the rules) reads comments of a language. The newest holds."""

    __tablename__ = "chosen_reader"
    __table_args__ = (Index("ix_chosen_reader_language", "language", "id"),)

    id: Mapped[Id]
    language: Mapped[str] = mapped_column(String(2))
    calibration_id: Mapped[int | None] = mapped_column(ForeignKey("calibration.id"))
    at: Mapped[At]
    by_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    why: Mapped[str] = mapped_column(String(8))

    by: Mapped[User | None] = relationship()


class Evaluation(BaseModel):
    """How right the readers were on the random sample of a language, and how far people agreed."""

    __tablename__ = "evaluation"
    __table_args__ = (Index("ix_evaluation_language", "language", "id"),)

    id: Mapped[Id]
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[At]
    of: Mapped[str] = mapped_column(String(64))  # the labels and the reader it is of: it is not made twice
    figures: Mapped[Json]
