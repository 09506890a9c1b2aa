"""Messages to people: rows written in the transaction that causes them, sent by the worker. See docs/messages.md."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Instant, Locale, MaybeAt, RandomId
from survey.models.organisation import Unit

WAITING = "state = 'waiting'"
NOTICE = "channel = 'in_app' AND state = 'sent'"


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up; an administrator may send it again
    HELD = (
        "held"  # not sent, for a reason that lies with the recipient: unsubscribed, an address that bounced
    )


class Reason(StrEnum):
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"


class Endpoint(BaseModel):
    """A group robot or webhook that receives messages: of a unit with all below it, or of the whole organisation."""

    __tablename__ = "message_endpoint"

    id: Mapped[RandomId]
    channel: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[Locale]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    # its address and secret, see survey/sealing.py
    sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[At]

    unit: Mapped[Unit | None] = relationship()


class Message(BaseModel):
    """One message to one recipient by one channel, at most once a cause.

    `recipient` is a user, an endpoint, or the keyed hash of an address; the address and what the message says are
    in `sealed`, until they are forgotten.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("cause", "recipient", "channel"),
        Index("ix_message_waiting", "retry_at", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index("ix_message_notice", "user_id", "sent_at", sqlite_where=text(NOTICE), postgresql_where=text(NOTICE)),
        Index("ix_message_state", "state", "created_at"),
        Index("ix_message_recipient", "recipient", "channel", "created_at"),
    )  # fmt: skip

    id: Mapped[RandomId]
    cause: Mapped[str] = mapped_column(String(160))
    recipient: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    endpoint_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("message_endpoint.id"))
    template: Mapped[str] = mapped_column(String(64))
    locale: Mapped[Locale]
    sealed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    message_id: Mapped[str] = mapped_column(
        String(160)
    )  # the same for all tries: a receiver knows a repetition
    state: Mapped[str] = mapped_column(String(8), default=State.WAITING)
    created_at: Mapped[At]
    retry_at: Mapped[datetime | None] = mapped_column(Instant)  # not before; also the end of a worker's lease
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[MaybeAt]
    read_at: Mapped[MaybeAt]  # of a notice in the application
    failure: Mapped[str | None] = mapped_column(String(300))

    user: Mapped[User | None] = relationship()
    endpoint: Mapped[Endpoint | None] = relationship()


class MessageChoice(BaseModel):
    """Whether a person wants messages by a channel; where they go, if not to the address of the account."""

    __tablename__ = "message_choice"

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    wanted: Mapped[bool]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class MessageStop(BaseModel):
    """A recipient who gets nothing more by a channel: it unsubscribed, or its address does not exist."""

    __tablename__ = "message_stop"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16))
    told: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[At]


class MessageText(BaseModel):
    """What an administrator wrote in place of a template's own words, in one language."""

    __tablename__ = "message_text"

    template: Mapped[str] = mapped_column(String(64), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)


class ChannelSetting(BaseModel):
    """What a channel needs to work, sealed: the account at a provider, hosts that are allowed."""

    __tablename__ = "channel_setting"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
