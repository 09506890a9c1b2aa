"""Who is there when: working hours, days that differ, time limits, duty turns and absences of a unit.

What a unit has not itself comes from the unit above. Times of day are minutes since midnight in the unit's time zone.
"""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.extensions import BaseModel
from survey.models.account import User
from survey.models.columns import At, Document, Id
from survey.models.organisation import Unit


class Tier(StrEnum):
    """Who is told, in the order of the chain; of the office and the officer one, by working time."""

    RECIPIENT = "recipient"
    DEPUTY = "deputy"
    HEAD = "head"
    OFFICE = "office"  # on working days
    OFFICER = "officer"  # on holidays and at night
    LAST = "last"  # by account, not by roster: nobody else is left


ROSTERED = tuple(tier for tier in Tier if tier is not Tier.LAST)


class Limited(StrEnum):
    """What has a time limit."""

    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"  # the first, with the customer
    RESOLVE = "resolve"


class Hours(StrEnum):
    """When on its days a turn holds."""

    WORKING = "working"  # the calendar's working hours
    OUTSIDE = "outside"  # all others
    FIXED = "fixed"


class WorkCalendar(BaseModel):
    """The ordinary week of a unit. None is as above."""

    __tablename__ = "work_calendar"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    timezone: Mapped[str | None] = mapped_column(String(64))  # IANA name
    weekly: Mapped[list[list[list[int]]] | None] = mapped_column(Document)
    # of each weekday, Monday first, the spans [first minute, last minute]

    unit: Mapped[Unit] = relationship()


class SpecialDay(BaseModel):
    """A holiday, or a day that is worked instead of one."""

    __tablename__ = "special_day"
    __table_args__ = (UniqueConstraint("unit_id", "day", name="uq_special_day_day"),)

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(120), default="")
    working: Mapped[bool]
    spans: Mapped[list[list[int]] | None] = mapped_column(Document)
    # of a working day; None: as on the first working day of the week

    unit: Mapped[Unit] = relationship()


class TimeLimit(BaseModel):
    __tablename__ = "time_limit"
    __table_args__ = (UniqueConstraint("unit_id", "severity", "limited", name="uq_time_limit_what"),)

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    severity: Mapped[str] = mapped_column(String(12))
    limited: Mapped[str] = mapped_column(String(12))
    minutes: Mapped[int]
    by_clock: Mapped[bool]  # else in working time

    unit: Mapped[Unit] = relationship()


class DutyTurn(BaseModel):
    """Who has duty on certain days. One of a single day goes before those of every week."""

    __tablename__ = "duty_turn"
    __table_args__ = (Index("ix_duty_turn_unit", "unit_id", "tier"),)

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    tier: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"), index=True)
    weekdays: Mapped[str] = mapped_column(String(7))  # "1111100" is Monday to Friday
    every: Mapped[int] = mapped_column(default=1)  # weeks, counted from the week of the first day
    hours: Mapped[str] = mapped_column(String(8))
    start_minute: Mapped[int]  # of fixed hours
    end_minute: Mapped[int]  # not after the start: on the next day
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date | None] = mapped_column(Date)  # None: until further notice

    unit: Mapped[Unit] = relationship()
    person: Mapped[User] = relationship()

    @property
    def is_single(self) -> bool:
        return self.first_on == self.last_on


class Absence(BaseModel):
    __tablename__ = "absence"

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("user_account.id"), index=True)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    substitute_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("user_account.id"))
    entered_at: Mapped[At]

    person: Mapped[User] = relationship(foreign_keys=[person_id])
    substitute: Mapped[User | None] = relationship(foreign_keys=[substitute_id])
