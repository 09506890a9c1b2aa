"""The database or the disk is away: staff see a clear page, keep what they typed, and go on when it is back."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from survey.extensions import db
from survey.models import Unit
from tests import factories
from tests.survey.respond.visiting import Fields


@contextmanager
def away(app: Flask) -> Iterator[None]:
    """The database file cannot be opened."""
    db.session.remove()
    db.engine.dispose()
    file = Path(app.extensions["settings"].database_url.removeprefix("sqlite:///"))
    kept = file.rename(file.with_suffix(".kept"))
    file.mkdir()
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()
        file.rmdir()
        kept.rename(file)


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory())
    return client


def test_a_page_asked_for_during_an_outage_says_when_to_come_back(app: Flask) -> None:
    client = _signed_in(app)
    with away(app):
        page = client.get("/organisation")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "Try again" in page.text
    assert client.get("/organisation").status_code == 200


def test_what_staff_typed_during_an_outage_is_kept_and_sent_again(app: Flask) -> None:
    client = _signed_in(app)
    typed = {"code": "ward-9", "name_en": "Ward <9>", "name_zh_Hans": "九病房", "kind": "department"}
    with away(app):
        page = client.post("/organisation/new-unit", data=typed)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    again = Fields(page.text).sent
    assert again.to_dict() == typed
    assert client.post("/organisation/new-unit", data=again).status_code in (302, 303)
    assert db.session.scalar(select(Unit.code).where(Unit.code == "ward-9")) == "ward-9"


def test_a_password_is_not_written_into_the_page_of_an_outage(app: Flask) -> None:
    with away(app):
        page = app.test_client().post("/login", data={"email": "a@example.org", "password": "very secret 1"})
    assert page.status_code == 503
    assert "very secret 1" not in page.text


def test_even_a_wrong_address_finds_no_stack_trace_during_an_outage(app: Flask) -> None:
    client = _signed_in(app)
    with away(app):
        page = client.get("/nothing-here")
    assert page.status_code in (404, 503)
    assert "Traceback" not in page.text


def test_a_mistake_of_the_program_is_not_called_an_outage(app: Flask) -> None:
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/mistake", "mistake", lambda: db.session.execute(text("SELECT * FROM nowhere")))
    assert app.test_client().get("/mistake").status_code == 500


def test_a_connection_that_dies_between_two_statements_is_an_outage(any_app: Flask) -> None:
    """The driver tells of it itself then, without SQLAlchemy."""
    any_app.testing = any_app.config["PROPAGATE_EXCEPTIONS"] = False
    driver: Any = db.engine.dialect.loaded_dbapi

    def lost() -> str:
        error = driver.OperationalError("the connection is lost")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    any_app.add_url_rule("/lost", "lost", lost)
    page = any_app.test_client().get("/lost")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")


def test_a_full_disk_is_an_outage_and_other_troubles_with_files_are_not(app: Flask) -> None:
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False

    def trouble(number: int) -> str:
        raise OSError(number, "told by the system")

    app.add_url_rule("/trouble/<int:number>", "trouble", trouble)
    client = app.test_client()
    assert client.get(f"/trouble/{errno.ENOSPC}").status_code == 503
    assert client.get(f"/trouble/{errno.EACCES}").status_code == 500
