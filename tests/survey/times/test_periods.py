"""Each response lies in exactly one day, week and month of the organisation, whatever its clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey import clock, jobs
from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Grain, Response, Series, Tally
from survey.processing import recount
from survey.processing.counting import RECEIVED
from survey.processing.cuts import period_start
from survey.respond.service import midnight
from tests import factories
from tests.conftest import _app
from tests.survey.respond.visiting import Respondent, at

# Each with a moment at which its clocks are changed, or at which a calendar day is left out.
ZONES = {
    "Asia/Shanghai": datetime(1991, 4, 13, 18, tzinfo=UTC),
    "Europe/London": datetime(2026, 3, 29, 1, tzinfo=UTC),
    "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 15, tzinfo=UTC),  # by half an hour
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),  # 30 December 2011 was left out
    "Asia/Kathmandu": datetime(2026, 1, 1, tzinfo=UTC),  # 5:45 ahead
    "America/Havana": datetime(2026, 11, 1, 5, tzinfo=UTC),  # the hour after midnight comes twice
    "Africa/Cairo": datetime(2026, 4, 23, 22, tzinfo=UTC),  # the hour after midnight does not come
}
# a leap day, the ends of years whose last week is the next year's first, and a year of 53 weeks
DAYS = (date(2024, 2, 29), date(2024, 12, 30), date(2025, 12, 29), date(2027, 1, 1), date(2027, 1, 4))
INSTANTS = st.integers(631_152_000, 2_840_140_800).map(
    lambda s: datetime.fromtimestamp(s, UTC)
)  # 1990 to 2060


def _moments(zone: str) -> list[datetime]:
    edge, second = ZONES[zone], timedelta(seconds=1)
    around = [edge + timedelta(minutes=m) for m in (-61, -30, 0, 29, 30, 61)]
    edges = [datetime(d.year, d.month, d.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) for d in DAYS]
    return sorted({edge - second, *around, *edges, *(one - second for one in edges)})


def _expected(moments: list[datetime], zone: str) -> dict[str, Counter[date]]:
    """By the calendar alone, written another way than the program does."""
    days = [one.astimezone(ZoneInfo(zone)).date() for one in moments]
    return {
        Grain.DAY: Counter(days),
        Grain.WEEK: Counter(date.fromisocalendar(*day.isocalendar()[:2], 1) for day in days),
        Grain.MONTH: Counter(date(day.year, day.month, 1) for day in days),
    }


def _counted(grain: str) -> dict[date, int]:
    plain = (Tally.channel == ANY, Tally.locale == ANY, Tally.service_type_id == ANY_SERVICE)
    series = db.session.scalar(select(Series.id).where(Series.code == "*"))
    statement = select(Tally.period_on, func.sum(Tally.count)).where(
        Tally.series_id == series, Tally.value == RECEIVED, Tally.grain == grain, *plain
    )
    return {day: int(count) for day, count in db.session.execute(statement.group_by(Tally.period_on))}


def _answer(app: Flask, moments: list[datetime], patched: pytest.MonkeyPatch, *, anonymous: bool) -> None:
    privacy = factories.document()["privacy"] | {"anonymous": anonymous}
    address = at(
        factories.link(questionnaire=factories.published(privacy=privacy)), app.test_client()
    ).address
    for moment in moments:
        patched.setattr(clock, "now", lambda moment=moment: moment)
        assert Respondent(app.test_client(), address).open().send(staff="4").status_code == 303
    jobs.process_waiting()


@pytest.mark.parametrize("zone", ZONES)
def test_days_weeks_and_months_each_hold_every_response_once(
    zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = _moments(zone)
    for app in _app(tmp_path, DEFAULT_TIMEZONE=zone):
        with monkeypatch.context() as patched:
            _answer(app, moments, patched, anonymous=zone != "Europe/London")
        expected = _expected(moments, zone)
        for grain in Grain:
            assert _counted(grain) == expected[grain]
            assert sum(_counted(grain).values()) == len(moments)
        stored = db.session.scalars(select(Response)).all()
        assert {one.submitted_on for one in stored} == set(expected[Grain.DAY])
        assert all(clock.day_of(one.submitted_at, zone) == one.submitted_on for one in stored)
        assert all(one.seconds is not None and one.seconds >= 0 for one in stored)
        assert not list(recount.verify())


@given(INSTANTS, st.sampled_from([*ZONES]))
@example(ZONES["Pacific/Apia"], "Pacific/Apia")
def test_an_instant_lies_in_one_day_and_the_day_in_one_week_and_month(instant: datetime, zone: str) -> None:
    day = clock.day_of(instant, zone)
    assert day == instant.astimezone(ZoneInfo(zone)).date()
    monday, first = period_start(day, Grain.WEEK), period_start(day, Grain.MONTH)
    assert monday.isocalendar() == (*day.isocalendar()[:2], 1)
    assert (first.year, first.month, first.day) == (day.year, day.month, 1)
    assert period_start(day, Grain.DAY) == day


@given(INSTANTS, st.sampled_from([*ZONES]))
def test_the_moment_kept_of_an_anonymous_response_lies_in_its_day(instant: datetime, zone: str) -> None:
    day = clock.day_of(instant, zone)
    assert clock.day_of(midnight(day, zone), zone) == day


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_periods_follow_each_other_without_gap_or_overlap(day: date) -> None:
    after = day + timedelta(days=1)
    for grain in Grain:
        same = period_start(day, grain) == period_start(after, grain)
        assert same or period_start(after, grain) == after
