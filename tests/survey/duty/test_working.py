"""Working time: laws that hold for every calendar, and the days on which people get it wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.duty.hours import read_hours, say_hours
from survey.duty.working import (
    WORKDAY,
    Calendar,
    NoWorkingTime,
    add_working_time,
    is_working,
    subtract_working_time,
    working_time,
)
from survey.errors import Invalid

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    ends = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    weekly = [draw(spans()) for _day in range(6)] + [WORKDAY]  # somebody works on Sundays
    days = st.dates(date(2026, 3, 1), date(2026, 11, 30))
    return Calendar(
        draw(st.sampled_from(ZONES)), tuple(weekly), draw(st.dictionaries(days, spans(), max_size=8))
    )


instants = st.integers(0, 235 * 24 * 60).map(
    lambda n: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=n)
)
amounts = st.integers(0, 5000)


@given(calendars(), instants, amounts)
def test_so_much_working_time_has_passed_as_was_added(calendar: Calendar, at: datetime, minutes: int) -> None:
    end = add_working_time(at, minutes, calendar)
    assert end >= at
    assert working_time(at, end, calendar) == timedelta(minutes=minutes)


@given(calendars(), instants, amounts, amounts)
def test_two_steps_lead_as_far_as_one(calendar: Calendar, at: datetime, one: int, two: int) -> None:
    assert add_working_time(add_working_time(at, one, calendar), two, calendar) == add_working_time(
        at, one + two, calendar
    )


@given(calendars(), instants, instants, amounts)
def test_who_begins_later_or_needs_longer_never_ends_earlier(
    calendar: Calendar, one: datetime, other: datetime, minutes: int
) -> None:
    first, last = sorted((one, other))
    assert (
        add_working_time(first, minutes, calendar) <= add_working_time(last, minutes, calendar) or not minutes
    )
    assert add_working_time(first, minutes, calendar) <= add_working_time(first, minutes + 1, calendar)


@given(calendars(), instants, amounts)
def test_the_way_back_is_as_long(calendar: Calendar, at: datetime, minutes: int) -> None:
    start = subtract_working_time(at, minutes, calendar)
    assert working_time(start, at, calendar) == timedelta(minutes=minutes)
    assert add_working_time(start, minutes, calendar) <= at
    there = add_working_time(at, minutes, calendar)
    assert subtract_working_time(there, minutes, calendar) >= at or not minutes


@given(calendars(), instants)
def test_working_is_where_working_time_passes(calendar: Calendar, at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    passes = working_time(at, at + timedelta(minutes=1), calendar)
    assert is_working(at, calendar) == (passes > timedelta())


def _at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_night_and_a_weekend_do_not_count() -> None:
    calendar = Calendar("Asia/Shanghai")
    friday = _at("2026-11-20 17:00", "Asia/Shanghai")
    assert add_working_time(friday, 60, calendar) == _at("2026-11-23 08:30", "Asia/Shanghai")
    assert add_working_time(friday, 30, calendar) == _at("2026-11-20 17:30", "Asia/Shanghai")


def test_a_holiday_does_not_count_and_the_saturday_worked_for_it_does() -> None:
    special = {date(2026, 10, day): () for day in range(1, 8)} | {date(2026, 10, 10): WORKDAY}
    calendar = Calendar("Asia/Shanghai", special=special)
    eve = _at("2026-09-30 17:00", "Asia/Shanghai")
    assert add_working_time(eve, 60, calendar) == _at("2026-10-08 08:30", "Asia/Shanghai")
    assert add_working_time(_at("2026-10-09 17:00", "Asia/Shanghai"), 60, calendar) == _at(
        "2026-10-10 08:30", "Asia/Shanghai"
    )


def test_a_night_in_which_clocks_change_is_as_long_as_it_really_is() -> None:
    nights = Calendar("Europe/Berlin", weekly=(((0, 360),),) * 7)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    for day, hours in ((spring, 5), (autumn, 7), (date(2026, 6, 1), 6)):
        start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
        assert working_time(start, start + timedelta(hours=12), nights) == timedelta(hours=hours)


def test_spans_that_meet_in_the_missing_hour_leave_no_minute_out_nor_count_it_twice() -> None:
    split = Calendar("Europe/Berlin", weekly=(((0, 150), (150, 360)),) * 7)
    start = _at("2026-03-29 00:00", "Europe/Berlin")
    assert working_time(start, start + timedelta(hours=8), split) == timedelta(hours=5)


def test_a_calendar_without_work_says_so() -> None:
    with pytest.raises(NoWorkingTime):
        add_working_time(datetime(2026, 1, 1, tzinfo=UTC), 1, Calendar("UTC", weekly=((),) * 7))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("08:00-12:00, 13:30-17:30", WORKDAY),
        ("13:30–17:30；8-12", WORKDAY),
        ("８：００至１２：００ 13:30到17:30", WORKDAY),
        ("0-24", ((0, 1440),)),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, found: object) -> None:
    assert read_hours(text) == found


@pytest.mark.parametrize(
    "text", ["8-25", "12-8", "8-8", "8:70-9", "morning", "8-12, 11-13", "22:00-06:00", "8"]
)
def test_hours_that_make_no_sense_are_told(text: str) -> None:
    with pytest.raises(Invalid):
        read_hours(text)


@given(spans())
def test_hours_are_read_as_they_are_said(given_spans: tuple[tuple[int, int], ...]) -> None:
    assert read_hours(say_hours(given_spans)) == given_spans or any(
        one[1] == other[0] for one, other in zip(given_spans, given_spans[1:], strict=False)
    )
