"""Stored counts per series x unit x service type x channel x language x period x value.

Counts only: every figure is derived from merged counts. Three cuts are kept:
days in full detail, weeks and months summed over channels and languages (both empty), and months in
full detail. A reader takes the coarsest cut that can answer.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.extensions import BaseModel


class Grain(StrEnum):
    DAY = "day"
    WEEK = "week"  # ISO week, known by its Monday
    MONTH = "month"  # known by its first day


ANY = ""  # channel and language of the sums over all channels and languages


class Tally(BaseModel):
    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_unit", "unit_id"),
        {"sqlite_with_rowid": False},
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    grain: Mapped[str] = mapped_column(String(5), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    period_on: Mapped[date] = mapped_column(Date, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    service_type_id: Mapped[int] = mapped_column(ForeignKey("service_type.id"), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
