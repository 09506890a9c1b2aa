"""The only source of time. Instants are UTC and aware; dates are in the organisation's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_


def now() -> datetime:
    return datetime.now(UTC)


def over(until: Any, at: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether a lease or pause is over. One that ends later than `longest` from now was taken before the clock
    was set back, or by a machine whose clock is ahead: nobody waits for it."""
    return or_(until <= at, until > at + longest)


def day_of(instant: datetime, timezone: str) -> date:
    """The calendar day of an instant in a time zone (IANA name)."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def today(timezone: str) -> date:
    return day_of(now(), timezone)
