"""Stored counts per series x unit x service type x channel x language x period x value.

Counts only: every figure is derived from merged counts. The same counts are kept in several cuts, each summed
over what a reader does not ask for (processing/cuts.py says which); a reader takes the smallest that can answer.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel


class Grain(StrEnum):
    DAY = "day"
    WEEK = "week"  # ISO week, known by its Monday
    MONTH = "month"  # known by its first day


ANY = ""  # channel and language of the sums over all channels and languages
ANY_SERVICE = 0  # service type of the sums over all service types


class Tally(BaseModel):
    """Each cut of one series lies together in the key, in the order of its periods: it is read in one stretch.

    No foreign keys: whatever is counted stands in a response, which has them, and each would be looked up
    for every cell that is written.
    """

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    series_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grain: Mapped[str] = mapped_column(String(5), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class KeptCount(BaseModel):
    """What responses counted that retention has removed: part of the tallies, no longer found in any response.

    By day in full detail, from which every cut follows; a recount begins with it. Nothing in it belongs to
    one response, so nothing is ever taken out.
    """

    __tablename__ = "kept_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    counted_on: Mapped[date] = mapped_column(Date, primary_key=True)
    series_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class InvitationTally(BaseModel):
    """Personal invitations by the day they were made, and by month: how many, and how many of them were used.

    In four cuts each: channel and service type told apart or summed. That one was used is counted on the day it
    was made; when it was used stands nowhere.
    """

    __tablename__ = "invitation_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    questionnaire_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grain: Mapped[str] = mapped_column(String(5), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    service_type_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sent: Mapped[int]
    used: Mapped[int]
