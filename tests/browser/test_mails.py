"""Mails are plain text: what people write as a name stays text in them, and adds no header."""

from __future__ import annotations

import html
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask_security.changeable import send_password_changed_notice
from flask_security.recoverable import send_password_reset_notice, send_reset_password_instructions
from playwright.sync_api import Browser

from survey.accounts import links, post
from survey.config import ROOT
from survey.models import User
from tests.conftest import _app
from tests.factories import UserFactory, sign_in
from tests.payloads import SCRIPTS

SENT = {
    "accounts/welcome.txt": lambda user: links.send(user, "https://survey.example/reset/token"),
    "security/email/reset_instructions.txt": send_reset_password_instructions,
    "security/email/reset_notice.txt": send_password_reset_notice,
    "security/email/change_notice.txt": send_password_changed_notice,
}
HEADERS = {
    "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
}  # fmt: skip
BREAKS = ("\r\n", "\n", "\r", "\u2028", "\x0b", "\x85")


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Flask]:
    yield from _app(tmp_path, MAIL_URL=f"file://{tmp_path}/mail", BASE_URL="https://survey.example")


def _mails() -> list[EmailMessage]:
    """As they left, by the order of leaving."""
    post.sent()
    files = sorted(Path(current_app.config["MAIL_FILE_PATH"]).glob("*"), key=lambda f: f.stat().st_mtime_ns)
    raw = [file.read_bytes().partition(b"\n" + b"-" * 79)[0] for file in files]
    return [message_from_bytes(one, policy=policy.default) for one in raw if one]  # type: ignore[misc]


def _send_all(app: Flask, user: User) -> None:
    with app.test_request_context("/"):
        for send in SENT.values():
            send(user)


def test_every_mail_of_the_product_is_looked_at_here() -> None:
    templates = ROOT / "templates"
    mails = {str(path.relative_to(templates)) for path in templates.glob("*/email/*")}
    assert mails | {"accounts/welcome.txt"} == SENT.keys()
    senders = [path for path in (ROOT / "survey").rglob("*.py") if ".send_mail(" in path.read_text("utf-8")]
    assert [path.name for path in senders] == ["links.py"]  # the others are Flask-Security's


def test_a_mail_has_no_other_part_and_no_other_header_than_ours(mailing: Flask) -> None:
    people = [UserFactory(name=payload) for payload in SCRIPTS]
    for user in people:
        _send_all(mailing, user)
    mails = _mails()
    assert len(mails) == len(people) * len(SENT)
    for number, mail in enumerate(mails):
        user = people[number // len(SENT)]
        assert set(mail.keys()) == HEADERS
        assert (mail.get_content_type(), mail.is_multipart()) == ("text/plain", False)
        assert (mail["To"], mail["From"]) == (user.email, "afterword@localhost")
        assert mail.get_content().splitlines()[0].startswith("Hello <" if user.name[0] == "<" else "Hello ")
        assert user.name in mail.get_content()
        assert mail.defects == []


@pytest.mark.parametrize("cut", BREAKS)
def test_a_line_break_in_a_name_makes_no_header_and_no_paragraph(mailing: Flask, cut: str) -> None:
    client = mailing.test_client()
    sign_in(client, UserFactory())
    name = f"Ann{cut}Bcc: everybody@evil.example{cut}{cut}Your account is blocked."
    given = {"email": "ann@example.org", "name": name, "role": "administrator"}
    assert client.post("/users/new", data=given).status_code == 200
    user = User.query.filter_by(email="ann@example.org").one()
    _send_all(mailing, user)
    for mail in _mails():
        assert set(mail.keys()) == HEADERS
        assert mail["To"] == "ann@example.org"
        greeting = mail.get_content().splitlines()[0]
        assert greeting == "Hello Ann Bcc: everybody@evil.example Your account is blocked.,"


@pytest.mark.parametrize("cut", ["\r\n", "\n", "\r"])
def test_a_subject_with_a_line_break_leaves_no_mail(mailing: Flask, cut: str) -> None:
    with mailing.test_request_context("/"):
        subject = f"Hello{cut}Bcc: everybody@evil.example"
        post.Post(mailing).send_mail("welcome", subject, "ann@example.org", "afterword@localhost", "x", None)
    assert _mails() == []


def _ran(chromium: Browser, body: str, kind: str) -> tuple[list[str], str, list[str]]:
    """What scripts said, what a reader sees, and which other addresses were asked for."""
    context = chromium.new_context()
    page, said, asked = context.new_page(), [], []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*", lambda route: route.fulfill(body=body, content_type=f"{kind}; charset=utf-8"))
    page.goto("http://mail.example/inbox/1")
    page.wait_for_timeout(300)
    seen = page.evaluate("document.body.textContent")
    context.close()
    return said, seen, asked[1:]


def test_no_payload_runs_where_a_mail_is_read(mailing: Flask, chromium: Browser) -> None:
    people = [UserFactory(name=payload) for payload in SCRIPTS]
    for user in people:
        _send_all(mailing, user)
    text = "\n".join(mail.get_content() for mail in _mails())
    shown = f"<!doctype html><title>Inbox</title><pre>{html.escape(text)}</pre>"
    for body, kind in ((text, "text/plain"), (shown, "text/html")):
        said, seen, asked = _ran(chromium, body, kind)
        assert (said, asked) == ([], [])
        assert all(payload in seen for payload in SCRIPTS)
    said, _seen, _asked = _ran(chromium, text, "text/html")
    assert said  # a reader that takes plain text for HTML would run them: the test would hear it
