"""The server's clock is an hour off, or jumps between two requests: nobody is turned away and nothing waits an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from survey import clock, counter_file, jobs, pipeline
from survey.accounts import links
from survey.extensions import db
from survey.intake import work
from survey.models import ImportRun, Phase, Response
from survey.processing import traces
from survey.processing.flags import TOO_FAST
from survey.respond.service import LONGEST
from survey.watch import state as watched
from tests import factories
from tests.survey.accounts.people import PASSWORD, is_signed_in, person, sign_in
from tests.survey.respond.visiting import at, invited, stored

HOUR = timedelta(hours=1)
JUMPS = (-HOUR, -timedelta(seconds=1), HOUR)


class Clock:
    """The server's clock, which can be set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: self.at)
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(self.at.timestamp()))

    def jump(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_duration_is_never_negative_nor_made_up(app: Flask, server: Clock, jump: timedelta) -> None:
    respondent = at(factories.link(), app.test_client()).open()
    server.jump(jump)
    assert respondent.send(staff="4").status_code == 303
    jobs.process_waiting()
    (response,) = stored()
    assert response.seconds is None if jump < timedelta() else 0 <= response.seconds <= LONGEST
    assert TOO_FAST not in (response.flags or [])


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("anonymous", [True, False])
def test_nothing_is_processed_before_it_was_sent(
    app: Flask, server: Clock, jump: timedelta, anonymous: bool
) -> None:
    privacy = factories.document()["privacy"] | {"anonymous": anonymous}
    at(factories.link(questionnaire=factories.published(privacy=privacy)), app.test_client()).open().send(
        staff="4"
    )
    server.jump(jump)
    jobs.process_waiting()
    (response,) = stored()
    assert response.processed_at >= response.submitted_at
    assert response.processed_at <= max(response.submitted_at, server.at)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_form_that_was_begun_in_time_is_taken_whatever_the_clock_does(
    app: Flask, server: Clock, jump: timedelta
) -> None:
    """The link had just opened, and had half an hour to go."""
    link = factories.link(opens_at=server.at - timedelta(minutes=1), closes_at=server.at + HOUR / 2)
    respondent = at(link, app.test_client()).open()
    server.jump(timedelta(minutes=5))
    server.jump(jump)
    assert respondent.send(staff="4").status_code == 303
    assert len(stored()) == 1


@pytest.mark.parametrize("jump", JUMPS)
def test_a_personal_link_does_not_expire_early(app: Flask, server: Clock, jump: timedelta) -> None:
    token, _ = invited(factories.published(), expires_at=server.at + HOUR / 2)
    client = app.test_client()
    page = client.get(f"/i/{token}")
    key = page.text.partition('name="_key" value="')[2].partition('"')[0]
    server.jump(timedelta(minutes=5))
    server.jump(jump)
    sent = {"_key": key, "_go": "send", "staff": "4"}
    assert client.post(f"/i/{token}", data=sent).status_code == 303
    assert len(stored()) == 1


def test_a_form_from_the_future_does_not_outlive_its_link(app: Flask, server: Clock) -> None:
    link = factories.link(closes_at=server.at + timedelta(hours=5))
    respondent = at(link, app.test_client()).open()
    link.closes_at = server.at - timedelta(hours=3)
    db.session.commit()
    server.jump(-HOUR)
    assert respondent.send(staff="4").status_code != 303


def test_what_a_killed_worker_had_leased_does_not_wait_for_a_clock_that_was_set_back(
    any_app: Flask, server: Clock
) -> None:
    factories.response(factories.link(), {"staff": 4})
    db.session.commit()
    assert len(pipeline.claim()) == 1
    db.session.commit()
    assert pipeline.claim() == []
    db.session.rollback()
    server.jump(-HOUR)
    assert jobs.process_waiting() == 1


def test_pauses_between_tries_are_kept_and_not_prolonged_by_a_jump(app: Flask, server: Clock) -> None:
    response = factories.response(factories.link(), ["no", "answers"], attempts=1)
    db.session.commit()
    for _ in range(20):
        jobs.process_waiting()
        db.session.expire_all()
        if response.failed_at:
            break
        assert response.retry_at is None or response.retry_at - server.at <= pipeline.LONGEST_WAIT
        server.jump(-HOUR)
    assert response.failed_at is not None


def test_an_import_is_taken_up_again_after_the_clock_was_set_back(app: Flask, server: Clock) -> None:
    db.session.add(
        ImportRun(
            name="a.csv",
            map="",
            phase=Phase.CHECKING,
            created_at=server.at,
            leased_until=server.at + work.LEASE,
        )
    )
    db.session.commit()
    assert work.work_off() == 0
    server.jump(-HOUR)
    assert work.work_off() == 1


def test_a_full_minute_does_not_become_an_hour_when_the_clock_is_set_back(
    tmp_path: Path, server: Clock
) -> None:
    limits = FixedWindowRateLimiter(counter_file.FileStorage(counter_file.uri(tmp_path), secret="s"))
    one, hospital = parse("1 per minute"), "192.0.2.1"
    assert [limits.hit(one, hospital) for _ in range(2)] == [True, False]
    server.jump(-HOUR)
    assert limits.storage.get(one.key_for(hospital)) == 0
    assert limits.get_window_stats(one, hospital).remaining == 1
    assert [limits.hit(one, hospital) for _ in range(2)] == [True, False]
    server.jump(timedelta(seconds=59))
    assert not limits.hit(one, hospital)
    server.jump(timedelta(seconds=1))
    assert limits.hit(one, hospital)


def test_counters_of_a_clock_that_was_set_back_do_not_stay_in_the_file(tmp_path: Path, server: Clock) -> None:
    storage = counter_file.FileStorage(counter_file.uri(tmp_path), secret="s")
    storage.incr("somebody", 60)
    server.jump(-HOUR)
    storage.incr("another", 60)
    assert storage.reset() == 1


def test_cleaning_is_taken_up_again_after_the_clock_was_set_back(any_app: Flask, server: Clock) -> None:
    today = server.at.date()
    assert traces.claim(today)
    db.session.commit()
    server.jump(timedelta(minutes=1))
    assert not traces.claim(today)
    server.jump(-HOUR)
    assert traces.claim(today)
    server.jump(timedelta(minutes=59))
    assert not traces.claim(today)
    server.jump(timedelta(minutes=1))
    assert traces.claim(today)


@pytest.mark.parametrize("jump", JUMPS)
def test_nobody_is_signed_out_by_a_jump(app: Flask, server: Clock, jump: timedelta) -> None:
    client = app.test_client()
    person(email="ward@example.org")
    sign_in(client, "ward@example.org", PASSWORD)
    assert is_signed_in(client)
    server.jump(jump)
    assert is_signed_in(client)


def test_a_session_still_ends(app: Flask, server: Clock) -> None:
    client = app.test_client()
    person(email="ward@example.org")
    sign_in(client, "ward@example.org", PASSWORD)
    server.jump(timedelta(hours=13))
    assert not is_signed_in(client)


def test_a_session_of_next_week_is_none(app: Flask, server: Clock) -> None:
    client = app.test_client()
    person(email="ward@example.org")
    sign_in(client, "ward@example.org", PASSWORD)
    server.jump(-timedelta(days=8))
    assert not is_signed_in(client)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_link_to_set_a_password_works_after_a_jump(app: Flask, server: Clock, jump: timedelta) -> None:
    user = person(email="ward@example.org")
    with app.test_request_context():
        path = urlsplit(links.one_time_link(user)).path
        db.session.commit()
    server.jump(jump)
    answer = app.test_client().get(path)
    assert answer.status_code == 200, answer.headers


def test_an_age_is_never_negative(app: Flask, server: Clock) -> None:
    factories.response(factories.link(), {"staff": 4}, submitted_at=server.at)
    db.session.commit()
    server.jump(-HOUR)
    assert db.session.query(Response).count() == 1
    assert watched.backlog().age == timedelta()
