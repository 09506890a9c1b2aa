"""What holds for every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from survey.extensions import db
from tests import factories


def test_a_signed_in_person_reads_while_somebody_else_writes(app: Flask) -> None:
    """On SQLite one connection writes at a time; pages that only read must not stand in that queue."""
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory())
    db.session.remove()
    writer = db.engine.connect()
    writer.begin()
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(client.get, "/links")
        try:
            assert reading.result(timeout=10).status_code == 200
        finally:
            writer.close()


def test_respondents_pages_open_no_session_and_run_no_hook_for_staff(app: Flask) -> None:
    ran: list[str] = []
    app.before_request(lambda: ran.append("before"))
    app.after_request(lambda response: ran.append("after") or response)
    path = f"/s/{factories.link().code}"
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["locale"] = "en"
    answer = client.get(path)
    assert answer.status_code == 200
    assert ran == []
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Content-Security-Policy" in answer.headers
    assert client.get("/s/no/such/address").status_code == 404
    assert client.put(path).status_code == 405
    assert ran == []
    client.get("/no/such/address")
    assert ran == ["before", "after"]


def test_an_address_of_nobody_is_answered_as_to_staff(app: Flask) -> None:
    """Its page knows languages and sessions."""
    answer = app.test_client().get("/no/such/address?lang=en")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_wrong_address_of_respondents_is_answered_in_the_language_that_was_asked_for(app: Flask) -> None:
    answer = app.test_client().get("/s/no/such/address?lang=zh-Hans")
    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "zh-Hans")
