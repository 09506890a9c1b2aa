"""Service events and the personal invitations made for them. Only a token's hash is stored."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import At, ChannelCode, MaybeAt, RandomId
from survey.models.organisation import ServiceType, Unit
from survey.models.questionnaire import Questionnaire


class Batch(BaseModel):
    """Invitations that were made together from one file."""

    __tablename__ = "invitation_batch"

    id: Mapped[RandomId]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    label: Mapped[str] = mapped_column(String(120), default="")
    channel: Mapped[ChannelCode]
    created_at: Mapped[At]
    expires_at: Mapped[MaybeAt]
    given: Mapped[int | None]  # rows of its file; None: from before that was kept
    issued_at: Mapped[MaybeAt]  # when its links were last written to a file; before, nobody has any
    created_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    # how many were used when its invitations were last put in a new order, see survey/processing/traces.py
    shuffled_used: Mapped[int] = mapped_column(default=0, server_default="0")

    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined")


class ServiceEvent(BaseModel):
    """One service given to one person, known by the organisation's own reference."""

    __tablename__ = "service_event"
    __table_args__ = (UniqueConstraint("reference", "unit_id", "service_type_id", "served_at"),)

    id: Mapped[RandomId]
    reference: Mapped[str] = mapped_column(String(128))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"))
    served_at: Mapped[At]
    locale: Mapped[str | None] = mapped_column(String(8))
    tier: Mapped[str | None] = mapped_column(String(40))  # of the customer, see models/customer_tier.py

    unit: Mapped[Unit] = relationship(lazy="joined")
    service_type: Mapped[ServiceType] = relationship(lazy="joined")


class Invitation(BaseModel):
    """Works once. `used_at` is set in the transaction that stores the response, on POST only.

    Unit, service type and the day it was made are what it is counted under (models/tally.py), also when it is used.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "service_event_id"),
        Index("ix_invitation_batch", "batch_id", "unit_id", "used_at", "expires_at"),
    )

    id: Mapped[RandomId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256, hexadecimal
    batch_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("invitation_batch.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    service_event_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("service_event.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"))
    created_at: Mapped[At]
    made_on: Mapped[date] = mapped_column(Date)
    expires_at: Mapped[MaybeAt]
    used_at: Mapped[MaybeAt]  # of an anonymous questionnaire: `created_at`, which tells only that it was used

    batch: Mapped[Batch] = relationship()
    service_event: Mapped[ServiceEvent] = relationship(lazy="joined")
