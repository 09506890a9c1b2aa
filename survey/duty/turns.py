"""When a duty turn holds: pure arithmetic on its days and hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from survey.duty.working import DAY, Calendar, Interval, instant
from survey.models import DutyTurn, Hours

WEEKS = 12  # after so many every rhythm of one to four weeks begins anew
_ONE = timedelta(days=1)


def is_on(turn: DutyTurn, day: date) -> bool:
    """Whether the turn begins on this local day."""
    if day < turn.first_on or (turn.last_on is not None and day > turn.last_on):
        return False
    if turn.weekdays[day.weekday()] != "1":
        return False
    weeks = (_monday(day) - _monday(turn.first_on)).days // 7
    return weeks % turn.every == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def intervals(turn: DutyTurn, day: date, calendar: Calendar) -> list[Interval]:
    """From when to when it holds that begins on this local day; a fixed one may end on the next day."""
    if not is_on(turn, day):
        return []
    if turn.hours == Hours.WORKING:
        return calendar.intervals(day)
    if turn.hours == Hours.OUTSIDE:
        return _around(calendar.intervals(day), whole(day, calendar))
    end = turn.end_minute if turn.end_minute > turn.start_minute else turn.end_minute + DAY
    return [(instant(day, turn.start_minute, calendar.zone), instant(day, end, calendar.zone))]


def whole(day: date, calendar: Calendar) -> Interval:
    return instant(day, 0, calendar.zone), instant(day, DAY, calendar.zone)


def _around(worked: list[Interval], day: Interval) -> list[Interval]:
    ends = [day[0], *(at for one in worked for at in one), day[1]]
    return [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]


def meeting(one: DutyTurn, other: DutyTurn, calendar: Calendar) -> date | None:
    """The first day on which both hold at the same time, None if they never do within a round of their rhythms.

    A turn of a single day goes before one of every week: these two do not meet.
    """
    if one.is_single != other.is_single:
        return None
    first = max(one.first_on, other.first_on) - _ONE
    held = list(_from(one, first, calendar))
    theirs = list(_from(other, first, calendar))
    for start, end in held:
        if any(start < until and begins < end for begins, until in theirs):
            return calendar.day(start)
    return None


def _from(turn: DutyTurn, first: date, calendar: Calendar) -> Iterator[Interval]:
    for number in range(WEEKS * 7 + 2):
        yield from intervals(turn, first + number * _ONE, calendar)
