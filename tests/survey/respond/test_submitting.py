"""Exactly once, on each database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from psycopg import Cursor
from sqlalchemy import event
from werkzeug.test import TestResponse

from survey import clock, jobs
from survey.extensions import db
from survey.models import Invitation, InvitationTally
from survey.respond import keys
from tests import factories
from tests.survey.respond.visiting import Respondent, at, invited, stored

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMED = {
    "privacy": {
        "notice": {"en": "We keep your answers.", "zh_Hans": "我们保存您的回答。"},
        "anonymous": False,
    }
}


def _together(times: int, act: Callable[[], TestResponse]) -> list[TestResponse]:
    with ThreadPoolExecutor(times) as pool:
        return [done.result() for done in [pool.submit(act) for _ in range(times)]]


def test_an_answered_form_is_stored_and_answered_with_a_receipt(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    answer = respondent.send(staff="4", why="Quick and kind.")
    assert answer.status_code == 303
    (response,) = stored()
    assert response.answers == {"staff": 4, "why": "Quick and kind."}
    assert response.receipt in answer.headers["Location"]
    assert response.receipt in respondent.client.get(answer.headers["Location"]).text


def test_storing_is_one_statement_that_knows_that_it_stored(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    asked: list[str] = []
    event.listen(db.engine.pool, "checkout", lambda driver, *_given: _overhear(driver, asked))
    assert respondent.send(staff="4").status_code == 303
    stored_by = {
        statement for statement in asked if " response" in statement
    }  # SQLite says it to each trigger
    assert [statement.split("(")[0].strip() for statement in stored_by] == ["INSERT INTO response"]
    assert not any(statement.startswith(("BEGIN", "COMMIT")) for statement in asked)


def _overhear(driver: Any, asked: list[str]) -> None:
    """What the driver itself is asked to do."""
    if isinstance(driver, sqlite3.Connection):
        driver.set_trace_callback(asked.append)
        return

    class Overheard(Cursor[Any]):
        def execute(self, query: Any, *given: Any, **named: Any) -> Any:
            asked.append(query)
            return super().execute(query, *given, **named)

    driver.cursor_factory = Overheard


def test_the_same_form_sent_again_is_one_response_with_the_same_receipt(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    sent = respondent.filled(staff="4")
    places = {respondent.client.post(respondent.address, data=sent).headers["Location"] for _ in range(3)}
    assert len(places) == 1
    assert len(stored()) == 1


def test_whoever_draws_the_receipt_of_another_is_asked_again_and_shown_nothing_of_the_other(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = factories.link()
    monkeypatch.setattr(keys, "receipt_of", lambda _key, _secret: "AAAA-BBBB-CCCC")  # 60 bits: once in ages
    first = at(link, any_app.test_client()).open()
    sent = first.filled(staff="5", why="Mine.")
    assert first.client.post(first.address, data=sent).status_code == 303
    refused = at(link, any_app.test_client()).open().send(staff="1", why="Yours.")
    assert refused.status_code == 422
    assert "Yours." in refused.text
    assert "AAAA-BBBB-CCCC" not in refused.text
    assert [response.answers["staff"] for response in stored()] == [5]
    again = first.client.post(first.address, data=sent)
    assert "AAAA-BBBB-CCCC" in again.headers["Location"]


@pytest.mark.parametrize("channel", ["phone", "paper"])
def test_answers_that_staff_type_in_for_somebody_are_stored_once(any_app: Flask, channel: str) -> None:
    """By telephone or beside the bed, by somebody who is signed in; the first answer is lost on its way."""
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory(role="staff", unit=factories.UnitFactory()))
    respondent = at(factories.link(channel=channel), client).open()
    sent = respondent.filled(staff="4", why="She said it was fine.")
    places = {client.post(respondent.address, data=sent).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    (response,) = stored()
    assert response.channel == channel
    db.session.rollback()
    assert respondent.open().send(staff="4", why="She said it was fine.").status_code == 303
    assert len(stored()) == 2  # the next person may say the same


def test_eight_presses_at_once_are_one_response_with_one_receipt(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    sent = respondent.filled(staff="4")
    answers = _together(8, lambda: any_app.test_client().post(respondent.address, data=sent))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(stored()) == 1


def test_other_answers_sent_with_a_used_form_are_said_to_be_not_stored(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    form = respondent.page
    respondent.send(staff="4")
    respondent.page = form  # the back button
    answer = respondent.send(staff="1")
    assert [response.answers for response in stored()] == [{"staff": 4}]
    page = respondent.client.get(answer.headers["Location"])
    assert "What was changed afterwards was not stored" in page.text


def test_the_same_comment_sent_again_after_its_names_were_hidden_is_no_other_answer(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    form = respondent.page
    respondent.send(staff="4", why="Thanks to Dr Patel!")
    jobs.process_waiting()
    respondent.page = form  # the back button
    answer = respondent.send(staff="4", why="Thanks to Dr Patel!")
    page = respondent.client.get(answer.headers["Location"])
    assert "What was changed afterwards was not stored" not in page.text
    assert len(stored()) == 1


def test_a_replay_after_the_link_was_closed_gets_its_receipt(any_app: Flask) -> None:
    link = factories.link()
    respondent = at(link, any_app.test_client()).open()
    sent = respondent.filled(staff="4")
    first = respondent.client.post(respondent.address, data=sent)
    link.closed_at = clock.now()
    db.session.commit()
    assert (
        respondent.client.post(respondent.address, data=sent).headers["Location"] == first.headers["Location"]
    )
    assert len(stored()) == 1


@pytest.mark.parametrize("privacy", [NAMED, {}], ids=["named", "anonymous"])
def test_sixteen_devices_spend_an_invitation_once(any_app: Flask, privacy: dict[str, object]) -> None:
    token, invitation = invited(factories.published(**privacy))
    forms = [Respondent(any_app.test_client(), f"/i/{token}").open() for _ in range(16)]
    sent = iter([form.filled(staff=str(1 + index % 5)) for index, form in enumerate(forms)])
    answers = _together(16, lambda: any_app.test_client().post(f"/i/{token}", data=next(sent)))
    (response,) = stored()
    assert [a.status_code for a in answers].count(303) == (16 if privacy else 1)
    for answer in answers:
        assert answer.status_code in (303, 410)
        assert answer.status_code == 410 or response.receipt in answer.headers["Location"]
    assert db.session.get_one(Invitation, invitation.id).used_at is not None
    assert {tally.used for tally in db.session.query(InvitationTally)} == {1}


def test_a_used_invitation_answers_with_the_same_receipt(any_app: Flask) -> None:
    token, invitation = invited(factories.published(**NAMED))
    respondent = Respondent(any_app.test_client(), f"/i/{token}").open()
    respondent.send(staff="5")
    (response,) = stored()
    assert response.invitation_id == invitation.id
    respondent.open()
    assert respondent.page.status_code == 410
    assert response.receipt in respondent.page.text


def test_an_anonymous_response_does_not_know_its_invitation_nor_its_hour(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, invitation = invited(factories.published())
    at_night = datetime(2026, 3, 1, 17, 30, 12, tzinfo=UTC)  # already the next day in Shanghai
    monkeypatch.setattr(clock, "now", lambda: at_night)
    respondent = Respondent(any_app.test_client(), f"/i/{token}").open()
    monkeypatch.setattr(clock, "now", lambda: at_night + timedelta(seconds=38))
    respondent.send(staff="5")
    (response,) = stored()
    midnight = datetime(2026, 3, 2, tzinfo=SHANGHAI)
    assert response.submitted_at == midnight
    assert response.submitted_on == midnight.date()
    used = db.session.get_one(Invitation, invitation.id)
    assert used.used_at == used.created_at  # that it was used, not when
    assert (response.invitation_id, response.seconds) == (None, 40)
    assert response.id.version == 4


def test_a_named_response_knows_its_invitation_and_its_moment(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, invitation = invited(factories.published(**NAMED))
    opened = clock.now()
    monkeypatch.setattr(clock, "now", lambda: opened)
    respondent = Respondent(any_app.test_client(), f"/i/{token}").open()
    moment = opened + timedelta(seconds=73)
    monkeypatch.setattr(clock, "now", lambda: moment)
    respondent.send(staff="5")
    (response,) = stored()
    assert (response.invitation_id, response.submitted_at) == (invitation.id, moment)
    assert response.seconds == 73


@pytest.mark.parametrize("shift", [-3600, 3600 * 24 * 9])
def test_a_clock_that_jumps_gives_no_impossible_duration(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch, shift: int
) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    moment = clock.now() + timedelta(seconds=shift)
    monkeypatch.setattr(clock, "now", lambda: moment)
    respondent.send(staff="5")
    (response,) = stored()
    assert response.seconds in (None, 24 * 60 * 60)  # a clock that was set back leaves it unknown


@pytest.mark.parametrize("way", ["get", "head"])
def test_looking_at_a_page_stores_and_spends_nothing(any_app: Flask, way: str) -> None:
    token, invitation = invited(factories.published())
    for _ in range(3):
        assert getattr(any_app.test_client(), way)(f"/i/{token}").status_code == 200
    assert stored() == []
    assert db.session.get_one(Invitation, invitation.id).used_at is None


def test_a_response_comes_by_the_way_the_form_was_opened(any_app: Flask) -> None:
    phone = at(factories.link(channel="qr"), any_app.test_client()).open()
    phone.send(staff="5")
    Respondent(any_app.test_client(), phone.address.replace("/s/", "/k/")).open().send(staff="5")
    assert sorted(response.channel for response in stored()) == ["kiosk", "qr"]
