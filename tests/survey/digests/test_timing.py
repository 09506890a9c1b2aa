"""When a digest is due: once a period, in everybody's own time zone, also where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.digests.timing import latest
from survey.models import Cadence

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
CADENCES = st.sampled_from([Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY])


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("cadence", "now", "first", "last"),
    [
        ("daily", "2026-03-10T08:00", "2026-03-09", "2026-03-09"),
        ("daily", "2026-03-10T07:59", "2026-03-08", "2026-03-08"),
        ("weekly", "2026-03-09T08:00", "2026-03-02", "2026-03-08"),
        ("weekly", "2026-03-09T07:59", "2026-02-23", "2026-03-01"),
        ("monthly", "2024-03-01T08:00", "2024-02-01", "2024-02-29"),
        ("monthly", "2024-03-01T07:00", "2024-01-01", "2024-01-31"),
    ],
)
def test_a_digest_is_about_the_period_that_has_just_ended(
    cadence: str, now: str, first: str, last: str
) -> None:
    due = latest(Cadence(cadence), 8, "Asia/Shanghai", at(now))
    assert due is not None
    assert (due.first_on, due.last_on) == (date.fromisoformat(first), date.fromisoformat(last))


def test_who_wants_none_gets_none() -> None:
    assert latest(Cadence.NEVER, 8, "UTC", at("2026-03-10T08:00")) is None


def test_an_hour_that_the_clocks_skip_comes_when_they_are_set_forward() -> None:
    due = latest(Cadence.DAILY, 2, "Europe/Berlin", at("2026-03-29T12:00", "Europe/Berlin"))
    assert due is not None and due.at == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    due = latest(Cadence.DAILY, 2, "Europe/Berlin", at("2026-10-25T12:00", "Europe/Berlin"))
    assert due is not None and due.at == datetime(2026, 10, 25, 0, tzinfo=UTC)


@given(CADENCES, st.integers(0, 23), st.sampled_from(ZONES), INSTANTS)
def test_periods_follow_one_another_without_gap_or_overlap(
    cadence: Cadence, hour: int, zone: str, now: datetime
) -> None:
    due = latest(cadence, hour, zone, now)
    assert due is not None and due.at <= now
    before = latest(cadence, hour, zone, due.at - timedelta(microseconds=1))
    assert before is not None and before.at < due.at
    assert before.last_on + timedelta(days=1) == due.first_on
    assert due.first_on <= due.last_on


@given(CADENCES, st.integers(0, 23), st.sampled_from(ZONES), INSTANTS, st.integers(0, 100))
def test_looking_later_never_leads_back(
    cadence: Cadence, hour: int, zone: str, now: datetime, hours: int
) -> None:
    one, other = latest(cadence, hour, zone, now), latest(cadence, hour, zone, now + timedelta(hours=hours))
    assert one is not None and other is not None and one.at <= other.at
