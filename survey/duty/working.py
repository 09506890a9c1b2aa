"""Working time: pure arithmetic on instants, hours of a week and single days that differ.

A span is (first minute, last minute) since local midnight, the last one excluded; 1440 is the end of the day.
Working minutes are minutes that really pass: a night shift in which clocks go forward is an hour shorter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

Span = tuple[int, int]
Spans = tuple[Span, ...]
Interval = tuple[datetime, datetime]

DAY = 24 * 60  # minutes
WORKDAY: Spans = ((8 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))
WEEKLY: tuple[Spans, ...] = (WORKDAY,) * 5 + ((), ())
FARTHEST = 1100  # days; who has not worked by then never does
_MINUTE = timedelta(minutes=1)


class NoWorkingTime(ValueError):
    """The calendar has no working time within three years."""


@dataclass(frozen=True)
class Calendar:
    timezone: str
    weekly: tuple[Spans, ...] = WEEKLY  # Monday first
    special: Mapping[date, Spans] = field(default_factory=dict)  # days that differ; () is a holiday

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def _known(self) -> dict[date, list[Interval]]:
        return {}

    def spans(self, day: date) -> Spans:
        found = self.special.get(day)
        return self.weekly[day.weekday()] if found is None else found

    def intervals(self, day: date) -> list[Interval]:
        """The spans of a local day as instants; what a change of clocks leaves out is left out."""
        if day not in self._known:
            self._known[day] = self._intervals(day)
        return self._known[day]

    def _intervals(self, day: date) -> list[Interval]:
        found = [
            (instant(day, start, self.zone), instant(day, end, self.zone)) for start, end in self.spans(day)
        ]
        return [(start, end) for start, end in found if start < end]

    def is_working(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.intervals(self.day(at)))

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of a local time. One that a change of clocks leaves out is that of the change."""
    local = datetime.combine(day, time()) + minute * _MINUTE
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local:
        return found
    earlier = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    before = earlier.astimezone(zone).utcoffset()
    while found - earlier > _MINUTE:
        middle = earlier + (found - earlier) // 2
        if middle.astimezone(zone).utcoffset() == before:
            earlier = middle
        else:
            found = middle
    return found.replace(second=0, microsecond=0)


def is_working(at: datetime, calendar: Calendar) -> bool:
    return calendar.is_working(at)


def add_working_time(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The instant at which so many working minutes have passed since `start`; `start` itself for none.

    Raises NoWorkingTime where the calendar never has so many.
    """
    left = minutes * _MINUTE
    if not left:
        return start
    for begins, ends in _forward(start, calendar):
        begins = max(begins, start)
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    raise NoWorkingTime(calendar.timezone)


def subtract_working_time(end: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The latest instant from which so many working minutes pass until `end`."""
    left = minutes * _MINUTE
    if not left:
        return end
    for begins, ends in _backward(end, calendar):
        ends = min(ends, end)
        if ends - begins >= left:
            return ends - left
        left -= ends - begins
    raise NoWorkingTime(calendar.timezone)


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two instants; none where the end is not later."""
    passed, day, last = timedelta(), calendar.day(start), calendar.day(end)
    while day <= last:
        for begins, ends in calendar.intervals(day):
            passed += max(min(ends, end) - max(begins, start), timedelta())
        day += timedelta(days=1)
    return passed


def _forward(start: datetime, calendar: Calendar) -> Iterator[Interval]:
    first = calendar.day(start)
    for number in range(FARTHEST):
        yield from (found for found in calendar.intervals(first + timedelta(days=number)) if found[1] > start)


def _backward(end: datetime, calendar: Calendar) -> Iterator[Interval]:
    last = calendar.day(end)
    for number in range(FARTHEST):
        found = calendar.intervals(last - timedelta(days=number))
        yield from (one for one in reversed(found) if one[0] < end)
