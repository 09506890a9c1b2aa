"""When a digest is due, and which days it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from survey.models import Cadence


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    first_on: date
    last_on: date


def latest(cadence: Cadence, hour: int, timezone: str, now: datetime) -> Due | None:
    """The last digest that was due by `now`: of yesterday, of last Monday to Sunday, or of last month.

    The hour is that of the clock on the wall. Where clocks skip it, the digest is due when they have been set
    forward; where it comes twice, the first time. None for Cadence.NEVER.
    """
    if cadence == Cadence.NEVER:
        return None
    day = _begin(cadence, now.astimezone(ZoneInfo(timezone)).date())
    if _instant(day, hour, timezone) > now:
        day = _begin(cadence, day - timedelta(days=1))
    last = day - timedelta(days=1)
    return Due(_instant(day, hour, timezone), _begin(cadence, last), last)


def _begin(cadence: Cadence, day: date) -> date:
    """The first day of the period in which `day` lies."""
    if cadence == Cadence.WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if cadence == Cadence.MONTHLY else day


def _instant(day: date, hour: int, timezone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(timezone)).astimezone(UTC)
