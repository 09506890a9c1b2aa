"""Setting a password with a link: by mail, or handed over by an administrator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from survey.accounts import links, post, service
from survey.extensions import db
from tests.conftest import _app
from tests.survey.accounts.people import alerts, is_signed_in, person, sign_in

NEW = "another long enough secret"
FORM = {"password": NEW, "password_confirm": NEW}


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Flask]:
    yield from _app(tmp_path, MAIL_URL=f"file://{tmp_path}/mail", BASE_URL="https://survey.example")


def mails(app: Flask) -> list[str]:
    post.sent()
    folder = Path(app.config["MAIL_FILE_PATH"])
    raw = [
        file.read_bytes().partition(b"\n" + b"-" * 79)[0]
        for file in sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
    ]
    return [str(message_from_bytes(one, policy=policy.default).get_content()) for one in raw]


def path_in(text: str) -> str:
    found = re.search(r"https://survey\.example(/reset/\S+)", text)
    assert found
    return found[1]


def test_a_mailed_link_sets_the_password_once(mailing: Flask) -> None:
    client = mailing.test_client()
    person(email="ward@example.org")
    client.post("/reset", data={"email": "ward@example.org"}, headers={"Host": "evil.example"})
    path = path_in(mails(mailing)[0])
    assert client.get(path).status_code == 200
    assert client.post(path, data=FORM).headers["Location"] == "/login"
    assert "was set" in mails(mailing)[1]
    assert client.post(path, data=FORM).headers["Location"] == "/reset"
    sign_in(client, "ward@example.org", NEW)
    assert is_signed_in(client)


def test_asking_says_the_same_for_known_and_unknown_addresses(mailing: Flask) -> None:
    client = mailing.test_client()
    person(email="known@example.org")
    known = client.post("/reset", data={"email": "known@example.org"})
    unknown = client.post("/reset", data={"email": "unknown@example.org"})
    assert "a mail with a link is on its way" in known.text
    assert known.text.replace("unknown", "known") == unknown.text.replace("unknown", "known")
    assert len(mails(mailing)) == 1


def test_a_mail_server_that_is_down_stops_nobody(tmp_path: Path) -> None:
    for app in _app(tmp_path, MAIL_URL="smtp://127.0.0.1:9"):
        person(email="ward@example.org")
        assert app.test_client().post("/reset", data={"email": "ward@example.org"}).status_code == 200
        post.sent()


def test_without_mail_the_page_says_who_can_help(client: FlaskClient) -> None:
    assert "cannot send mail" in client.get("/reset").text


def test_a_link_from_an_administrator_works_once_and_ends_earlier_ones(client: FlaskClient) -> None:
    user = person(email="ward@example.org")
    first, second = (links.one_time_link(user).partition("8000")[2] for _time in range(2))
    db.session.commit()
    assert client.get(first).status_code == 302
    assert client.post(second, data=FORM).status_code == 302
    assert client.get(second).status_code == 302
    sign_in(client, "ward@example.org", NEW)
    assert is_signed_in(client)


def test_a_link_ends_after_three_days(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    user = person(email="ward@example.org")
    path = links.one_time_link(user).partition("8000")[2]
    db.session.commit()
    now = TimestampSigner("x").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + 3 * 86400 - 5)
    assert client.get(path).status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + 3 * 86400 + 5)
    assert client.post(path, data=FORM).headers["Location"] == "/reset"


def test_a_forged_link_is_refused(client: FlaskClient) -> None:
    for token in ("x", "WyJhIiwgIiJd.aaaa.bbbb", "%00", "a" * 5000):
        assert client.get(f"/reset/{token}").headers["Location"] == "/reset"


def test_a_weak_password_is_refused_and_the_link_still_works(client: FlaskClient) -> None:
    user = person(email="ward@example.org")
    path = links.one_time_link(user).partition("8000")[2]
    db.session.commit()
    weak = client.post(path, data={"password": "short", "password_confirm": "short"})
    assert alerts(weak) == ["Please use 10 characters or more, and at most 128."]
    assert client.post(path, data=FORM).headers["Location"] == "/login"


def test_the_link_to_a_closed_account_opens_nothing(client: FlaskClient) -> None:
    person(email="another@example.org")
    user = person(email="gone@example.org")
    path = links.one_time_link(user).partition("8000")[2]
    service.close(user)
    db.session.commit()
    client.post(path, data=FORM)
    sign_in(client, "gone@example.org", NEW)
    assert not is_signed_in(client)
