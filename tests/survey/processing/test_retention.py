"""What a questionnaire keeps for some months only: nothing goes early, nothing late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from survey import clock, jobs
from survey.extensions import db
from survey.models import Comment, Link, Questionnaire, Response
from survey.processing import recount, retention
from survey.processing.retention import cutoff, removed_on
from tests import factories

DAYS = st.dates(date(2019, 12, 1), date(2032, 3, 1))


@given(today=DAYS, day=DAYS, months=st.integers(1, 60))
def test_a_day_is_over_exactly_when_its_months_have_passed(today: date, day: date, months: int) -> None:
    assert (day <= cutoff(today, months)) == (removed_on(day, months) <= today)


@pytest.mark.parametrize(
    ("day", "months", "gone"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, gone: date) -> None:
    assert removed_on(day, months) == gone


def _at(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)


def _kept(link: Link, **given: int) -> None:
    questionnaire = db.session.get_one(Questionnaire, link.questionnaire_id)
    for name, months in given.items():
        setattr(questionnaire, name, months)
    db.session.commit()


def _left() -> tuple[int, int]:
    """Responses, and comments with their text."""
    responses = select(func.count()).select_from(Response)
    texts = select(func.count()).select_from(Comment).where(Comment.text != "")
    found = db.session.scalar(responses) or 0, db.session.scalar(texts) or 0
    db.session.rollback()
    return found


def test_a_response_goes_at_midnight_of_its_day_in_the_organisations_time_zone(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = factories.link()
    sent = datetime(2026, 1, 31, 15, 59, tzinfo=UTC)  # one minute before midnight in Shanghai
    factories.response(link, {"staff": 5, "why": "Kind."}, submitted_at=sent)
    factories.response(link, {"staff": 4, "why": "Slow."}, submitted_at=sent + timedelta(minutes=2))
    _kept(link, responses_kept_months=6, comments_kept_months=2)
    jobs.process_waiting()
    for instant, left in (
        (datetime(2026, 3, 30, 15, 59, tzinfo=UTC), (2, 2)),  # 30 March in Shanghai
        (datetime(2026, 3, 30, 16, 1, tzinfo=UTC), (2, 1)),  # 31 March
        (datetime(2026, 3, 31, 16, 1, tzinfo=UTC), (2, 0)),  # 1 April
        (datetime(2026, 7, 30, 15, 59, tzinfo=UTC), (2, 0)),  # 30 July
        (datetime(2026, 7, 30, 16, 1, tzinfo=UTC), (1, 0)),  # 31 July
        (datetime(2026, 7, 31, 16, 1, tzinfo=UTC), (0, 0)),
    ):
        _at(monkeypatch, instant)
        jobs.remove_expired()
        assert _left() == left, instant
        assert list(recount.verify()) == []


def test_without_a_setting_nothing_is_ever_removed(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.response(factories.link(), {"staff": 5, "why": "Kind."})
    db.session.commit()
    jobs.process_waiting()
    _at(monkeypatch, datetime(2099, 1, 1, tzinfo=UTC))
    assert jobs.remove_expired() == 0
    assert _left() == (1, 1)


def test_what_waits_for_the_worker_is_counted_before_it_goes(any_app: Flask) -> None:
    link = factories.link()
    factories.response(link, {"staff": 5}, submitted_at=datetime(2020, 1, 1, tzinfo=UTC))
    _kept(link, responses_kept_months=1)
    assert jobs.remove_expired() == 0
    jobs.process_waiting()
    assert jobs.remove_expired() == 1
    assert list(recount.verify()) == []


def test_texts_of_responses_that_could_not_be_read_go_too(any_app: Flask) -> None:
    link = factories.link()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    factories.response(link, {"staff": 5, "why": "Kind."}, submitted_at=long_ago, failed_at=long_ago)
    _kept(link, comments_kept_months=1)
    assert [jobs.remove_expired() for _ in range(2)] == [1, 0]
    assert db.session.scalars(select(Response.answers)).all() == [{"staff": 5, "why": ""}]


def test_a_killed_sweep_goes_on_where_it_was(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    link = factories.link()
    for _ in range(5):
        factories.response(link, {"staff": 5}, submitted_at=datetime(2020, 1, 1, tzinfo=UTC))
    _kept(link, responses_kept_months=1)
    jobs.process_waiting()
    monkeypatch.setattr(retention, "BATCH", 2)
    retention.remove_batch(clock.today("Asia/Shanghai"))
    db.session.commit()
    retention.remove_batch(clock.today("Asia/Shanghai"))
    db.session.rollback()  # killed here
    assert _left() == (3, 0)
    assert list(recount.verify()) == []
    assert jobs.remove_expired() == 3
    assert list(recount.verify()) == []


@pytest.mark.parametrize("months", [0, -1, 601])
def test_the_database_refuses_months_without_sense(any_app: Flask, months: int) -> None:
    link = factories.link()
    with pytest.raises(IntegrityError):
        _kept(link, responses_kept_months=months)
    db.session.rollback()
