"""The administrator sees what needs a person, and can let failed responses be tried again."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from analysis.sentiment import VERSION
from survey import clock, jobs
from survey.extensions import db
from survey.models import Response
from tests import factories


def _given_up(reason: str = "KeyError") -> Response:
    made = factories.response(factories.link(), {"staff": 4})
    made.failed_at, made.failure, made.attempts = clock.now(), reason, 5
    db.session.commit()
    return made


def _administrator(app: Flask):  # type: ignore[no-untyped-def]
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(role="administrator", unit=None))
    return client


def test_a_worker_that_was_never_seen_is_said_to_be(any_app: Flask) -> None:
    assert "Never seen" in _administrator(any_app).get("/operation").text


def test_a_failed_response_is_shown_with_its_reason_and_none_of_its_answers(any_app: Flask) -> None:
    _given_up("KeyError")
    shown = _administrator(any_app).get("/operation").text
    assert "KeyError" in shown and "Try all again" in shown


@pytest.mark.parametrize("everything", [True, False])
def test_a_failed_response_that_is_tried_again_is_processed(any_app: Flask, everything: bool) -> None:
    client, response_id = _administrator(any_app), str(_given_up().id)
    answer = client.post("/operation/retry", data={"all": "1"} if everything else {"response": response_id})
    assert answer.status_code == 302
    assert jobs.process_waiting() == 1
    assert "1 response waits again." in client.get("/operation").text


@pytest.mark.parametrize("strange", ["", "nothing", "1' OR 1", "\x00"])
def test_a_response_that_is_not_one_is_not_found(any_app: Flask, strange: str) -> None:
    _given_up()
    answer = _administrator(any_app).post("/operation/retry", data={"response": strange})
    assert answer.status_code == 404


def test_others_than_administrators_are_kept_out(any_app: Flask) -> None:
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=factories.UnitFactory()))
    assert client.get("/operation").status_code == 403


def test_it_says_which_methods_read_the_newest_comments(any_app: Flask) -> None:
    client = _administrator(any_app)
    assert "nobody yet" in client.get("/operation").text
    link = factories.link()
    for said in ("The nurse was kind.", "护士很好", "N/A"):
        factories.response(link, {"staff": 5, "why": said})
    db.session.commit()
    assert jobs.process_waiting() == 3
    methods = rf"vader\+service(\+use)?/{VERSION} · zh-rules(\+use)?/{VERSION}"
    assert re.search(methods, client.get("/operation").text)
