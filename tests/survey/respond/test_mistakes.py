"""What goes wrong on a respondent's page is told on a respondent's page, also in a browser that staff signed in with."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, ImATeapot
from werkzeug.test import TestResponse

from survey.errors import Conflict
from survey.extensions import db
from survey.respond import answering
from tests import factories
from tests.survey.accounts.people import person, sign_in
from tests.survey.respond.visiting import Fields, Respondent, at


@pytest.fixture
def served(app: Flask) -> Flask:
    """As in operation: a mistake is answered, not raised."""
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def remembered(served: Flask) -> FlaskClient:
    """A browser that has only the cookie left which remembers who signed in."""
    client = served.test_client()
    person(email="ward@example.org")
    sign_in(client, "ward@example.org", remember="y")
    client.delete_cookie("session")
    assert client.get_cookie("remember_token")
    return client


def _broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def submit(*_given: Any) -> None:
        raise error

    monkeypatch.setattr(answering, "submit", submit)


def _sent(client: FlaskClient) -> tuple[Respondent, TestResponse]:
    respondent = at(factories.link(), client).open()
    return respondent, respondent.send(staff="4", remarks="Ward <9> & thanks")


def _a_whole_page(answer: TestResponse) -> bool:
    return (
        "frame-ancestors" in answer.headers["Content-Security-Policy"]
        and answer.headers["Cache-Control"] == "no-store"
        and "Set-Cookie" not in answer.headers
        and "<h1>" in answer.text
        and "Traceback" not in answer.text
        and "/login" not in answer.text
    )


def test_a_mistake_of_ours_keeps_what_was_typed_and_is_logged(
    remembered: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        _broken(broken, RuntimeError("a mistake of ours"))
        respondent, answer = _sent(remembered)
    assert answer.status_code == 500
    assert _a_whole_page(answer)
    assert any(r.exc_info and "a mistake of ours" in str(r.exc_info[1]) for r in caplog.records)
    kept = Fields(answer.text).sent
    assert (kept["staff"], kept["_go"]) == ("4", "send")
    assert remembered.post(respondent.address, data=kept).status_code == 303


def test_a_value_that_the_database_refuses_keeps_what_was_typed(
    remembered: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        _broken(broken, DataError("INSERT", {}, ValueError("out of range")))
        respondent, answer = _sent(remembered)
    assert answer.status_code == 400
    assert _a_whole_page(answer)
    assert remembered.post(respondent.address, data=Fields(answer.text).sent).status_code == 303


@pytest.mark.parametrize(("error", "status"), [(Conflict("No, not twice."), 409), (ImATeapot(), 418)])
def test_any_refusal_is_a_whole_page(
    remembered: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: HTTPException, status: int
) -> None:
    link = factories.link()
    address = f"/s/{link.code}"
    db.session.commit()

    def refused(*_given: Any) -> None:
        raise error

    monkeypatch.setattr(answering, "look", refused)
    answer = remembered.get(address)
    assert answer.status_code == status
    assert _a_whole_page(answer)


def test_a_mistake_while_reading_is_a_whole_page(
    remembered: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        answering, "_visit", lambda *_given: db.session.execute(text("SELECT * FROM nowhere"))
    )
    answer = at(factories.link(), remembered).open().page
    assert answer.status_code in (500, 503)
    assert _a_whole_page(answer)


@pytest.mark.parametrize("path", ["/s/{code}", "/k/{code}", "/receipt", "/receipt/7KQ2-9FXM-3TBA"])
def test_another_method_is_told_on_a_respondents_page(remembered: FlaskClient, path: str) -> None:
    code = factories.link().code
    db.session.commit()
    answer = remembered.put(path.format(code=code))
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert _a_whole_page(answer)


@pytest.mark.parametrize("path", ["/s/", "/s/a/b", "/k/a/b/c", "/i/", "/receipt/a/b/c", "/k"])
def test_an_address_cut_apart_is_told_on_a_respondents_page(remembered: FlaskClient, path: str) -> None:
    answer = remembered.get(path)
    assert answer.status_code == 404
    assert "No survey here" in answer.text
    assert _a_whole_page(answer)


def test_other_addresses_stay_as_they_are(remembered: FlaskClient) -> None:
    assert "No survey here" not in remembered.get("/surveys/none").text
