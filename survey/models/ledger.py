"""What became of those who were to be asked, as counts: never who."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel
from survey.models.columns import ChannelCode

NOWHERE = 0  # in the place of a unit or a service type that a row of a file does not name rightly


class LeftOutFor(StrEnum):
    """Why a row of a file of service events made no invitation: the first that holds."""

    TWICE = "twice"  # the same service stands in the file before
    INVITED = "invited"  # it has its invitation already
    UNIT = "unit"  # names no open unit of the person who sent the file
    SERVICE_TYPE = "service_type"
    FUTURE = "future"  # not given yet
    REFERENCE = "reference"  # empty or too long
    WHEN = "when"  # cannot be read
    LANGUAGE = "language"


class Fate(StrEnum):
    """What a delivery report says of an invitation."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    REFUSED = "refused"


class LeftOut(BaseModel):
    """Rows of a batch's file for which no invitation was made."""

    __tablename__ = "left_out"

    batch_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("invitation_batch.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int]


class Delivery(BaseModel):
    """The invitations of a batch by what the last delivery report says of them; nothing for those it does not name."""

    __tablename__ = "delivery"

    batch_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("invitation_batch.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fate: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int]


class Begun(BaseModel):
    """Forms of a day on which somebody began to answer: a number, and nothing of the forms themselves."""

    __tablename__ = "begun"

    questionnaire_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begun_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[ChannelCode] = mapped_column(primary_key=True)
    count: Mapped[int]
