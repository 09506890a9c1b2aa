"""Open links: one address for many respondents."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.columns import At, ChannelCode, Id, MaybeAt
from survey.models.organisation import ServiceType, Unit
from survey.models.questionnaire import Questionnaire


class Channel(StrEnum):
    """The way by which a response came."""

    WEB = "web"
    QR = "qr"
    KIOSK = "kiosk"
    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"
    PHONE = "phone"
    PAPER = "paper"


class LinkState(StrEnum):
    """What a link is at an instant; only an open one takes responses."""

    OPEN = "open"
    EARLY = "early"  # its window has not begun
    PAUSED = "paused"
    OVER = "over"  # its window has ended
    UNPUBLISHED = "unpublished"  # its questionnaire is retired or has no published version
    CLOSED = "closed"  # for good


class Link(BaseModel):
    __tablename__ = "link"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(16), unique=True)  # the short address /s/<code>
    label: Mapped[str] = mapped_column(String(120), default="")
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"))
    channel: Mapped[ChannelCode]
    locale: Mapped[str | None] = mapped_column(String(8))  # None: the respondent's browser decides
    opens_at: Mapped[MaybeAt]
    closes_at: Mapped[MaybeAt]
    paused_at: Mapped[MaybeAt]
    closed_at: Mapped[MaybeAt]
    created_at: Mapped[At]
    created_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))

    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    service_type: Mapped[ServiceType] = relationship(lazy="joined")


def state_of(link: Link, at: datetime) -> LinkState:
    """The first that holds, the most final before the passing ones. `closes_at` itself is outside."""
    if link.closed_at is not None:
        return LinkState.CLOSED
    if link.questionnaire.retired_at is not None or link.questionnaire.published is None:
        return LinkState.UNPUBLISHED
    if link.closes_at is not None and at >= link.closes_at:
        return LinkState.OVER
    if link.paused_at is not None:
        return LinkState.PAUSED
    if link.opens_at is not None and at < link.opens_at:
        return LinkState.EARLY
    return LinkState.OPEN
