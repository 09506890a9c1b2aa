"""A log line is one line, and nobody's words, address or link stand in it."""

from __future__ import annotations

import errno
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from survey import availability, logs
from survey.bell import Bell
from survey.extensions import db
from tests.conftest import settings_for

SECRETS = (
    "/i/Zk3vXq8Rt1LmN0pQ",
    "/reset/WyJhYmMiXQ.aXb9",
    "li.ming@hospital.example",
    "203.0.113.9",
    "2001:db8:85a3::8a2e:370:7334",
    "/receipt/AB12CD34EF56GH78",
    "fe80::1",
    "fe80::a1b2%eth0",
    "2001::5",
    "::1",
    "::ffff:203.0.113.9",
    "2001:0db8:0000:0000:0000:8a2e:0370:7334",
    "7KQ2-9FXM-3TBA",
    "7kq2-9fxm-3tba",
    "7KQ29FXM3TBA",
    "AB12CD34EF56GH78",
    "%2Fi%2FZkvXqRtLm",
    "%2freceipt%2f7KQ2-9FXM",
    "%252Fi%252FZkvXqRtLm",
    "li.ming%40hospital.example",
)
KEPT = (
    "16:43:46",
    "response 1f0c2d4e-9a1b-4c3d-8e5f-0a1b2c3d4e5f could not be recorded",
    "listening at: http://localhost:8000 (2041)",
    "the sweep process_waiting failed",
)


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[io.StringIO]:
    """Everything that this process logs, as it is written in production."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    logs.configure(replace(settings_for(tmp_path), log_format="json", log_level="debug"))
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    yield written
    root.handlers[:] = kept
    root.setLevel(level)


def _only(written: io.StringIO) -> dict[str, object]:
    (line,) = written.getvalue().splitlines()
    found: dict[str, object] = json.loads(line)
    return found


@pytest.mark.parametrize("secret", SECRETS)
def test_addresses_tokens_and_receipts_are_masked(lines: io.StringIO, secret: str) -> None:
    logging.getLogger("gunicorn.error").error("Error handling request %s from %s", secret, secret)
    assert secret not in lines.getvalue()
    assert secret.rsplit("/", 1)[-1] not in lines.getvalue()


@pytest.mark.parametrize("around", ["peer={}, gone", "[{}]:4711", "from {}.", "said:{}", '"{}"', "({})"])
@pytest.mark.parametrize("secret", SECRETS[6:])
def test_what_stands_around_a_secret_does_not_uncover_it(around: str, secret: str) -> None:
    assert secret.rsplit("%2F", 1)[-1] not in logs.masked(around.format(secret))


@pytest.mark.parametrize("said", KEPT)
def test_what_is_nobodys_secret_can_be_read(said: str) -> None:
    assert logs.masked(said) == said


def test_neither_an_outage_nor_a_bell_that_fails_repeats_what_an_error_said(
    app: Flask, lines: io.StringIO
) -> None:
    def torn() -> object:
        raise ConnectionError("redis://:pa55@queue.house refused Mrs Li")

    mine = Bell()
    mine.pull = torn
    mine.ring()
    availability.give_up(OSError(errno.ENOSPC, "no room for Mrs Li", "/var/lib/mrs-li"))
    with pytest.raises(OperationalError) as caught:
        db.session.execute(text("SELECT * FROM mrs_li"))
    availability.give_up(caught.value)
    said = lines.getvalue()
    assert "Li" not in said and "mrs" not in said and "queue" not in said
    assert [name in said for name in ("ConnectionError", "OSError ENOSPC", "SQLITE_ERROR")] == [True] * 3


@given(typed=st.text(st.characters(codec="utf-8"), max_size=200))
def test_whatever_is_logged_stays_one_line(typed: str) -> None:
    for form in ("json", "text"):
        record = logging.LogRecord("any", logging.WARNING, "", 0, "said: %s", (typed,), None)
        line = logs._formatter(logs._renderer(form)).format(record)
        assert len(line.splitlines()) == 1


def test_of_an_exception_the_type_and_place_are_written_but_not_its_words(lines: io.StringIO) -> None:
    try:
        int("Mrs Li, ward 3, telephone 555")
    except ValueError:
        logging.getLogger("survey").exception("a response could not be read")
    line = _only(lines)
    assert line["error"] == "ValueError"
    assert str(line["at"]).startswith("tests/survey/test_logs.py:")
    assert "Li" not in lines.getvalue()


def test_a_database_error_quotes_no_answers(any_app: Flask) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 each driver has its own
        db.session.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "the nurse was rude"})
    assert "rude" not in str(caught.value)
    db.session.rollback()


def test_a_failed_request_is_logged_by_its_route_not_its_address(app: Flask, lines: io.StringIO) -> None:
    def broken(token: str) -> str:
        raise KeyError(token)

    app.add_url_rule("/i2/<token>", view_func=broken)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get("/i2/Zk3vXq8Rt1LmN0pQ?who=me").status_code == 500
    assert "/i2/<token>" in lines.getvalue()
    assert "Zk3vXq8" not in lines.getvalue() and "who=me" not in lines.getvalue()
