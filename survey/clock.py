"""The only source of time. Instants are UTC and aware; dates are in the organisation's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def day_of(instant: datetime, timezone: str) -> date:
    """The calendar day of an instant in a time zone (IANA name)."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def today(timezone: str) -> date:
    return day_of(now(), timezone)
