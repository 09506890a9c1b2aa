"""What every answer has, whoever asks and however it ends: headers, cookies, and the form's token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from survey import clock
from survey.requests import HEADERS, POLICY
from tests.conftest import _app
from tests.factories import PASSWORD, UnitFactory
from tests.survey.access.asking import Kept, asks, rows, send, someone
from tests.survey.access.world import Kind, Whose, World, build
from tests.survey.accounts.people import is_signed_in, person, sign_in

EVIL = "evil.example"
FOREIGN_PAGES = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "https:evil.example",
    "https:/evil.example", "HTTPS://evil.example", "javascript:alert(1)", "/%09/evil.example", "http://localhost@evil.example",
    " //evil.example", "/\r\nLocation: https://evil.example", "http://localhost.evil.example", "data:text/html,x",
]  # fmt: skip
FORGED = {
    "Host": EVIL,
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil.example",
    "X-Original-URL": "/users",
    "X-Rewrite-URL": "/users",
    "Forwarded": f"for=192.0.2.9;host={EVIL};proto=https",
}


@pytest.fixture
def framed(tmp_path: Path) -> Iterator[Flask]:
    yield from _app(tmp_path, FRAME_ANCESTORS="https://www.example.org https://*.example.net")


def wrong_headers(answer: TestResponse) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    script = [part.split()[1:] for part in policy.split(";") if part.split()[:1] == ["script-src"]]
    wrong = [name for name in HEADERS if len(answer.headers.getlist(name)) != 1]
    wrong += ["script-src"] if script != [["'self'"]] else []
    wrong += ["default-src"] if "default-src 'none'" not in policy else []
    file = answer.headers.get("Content-Disposition", "")
    if answer.mimetype in ("text/csv", "application/zip") and not file.startswith("attachment"):
        wrong.append("attachment")
    return wrong


@pytest.mark.parametrize("letter", ["A", "S", "-"])
def test_every_answer_carries_the_headers_of_security(app: Flask, letter: str) -> None:
    world = build(app.extensions["settings"])
    kept, seen = Kept(world), set()
    for ask in asks(app, world, letter):
        answer = send(app, world, ask)
        seen.add(answer.status_code)
        assert not wrong_headers(answer), f"{ask}: {wrong_headers(answer)}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if ask.method == "POST":
            kept.put_back()
    for status, answer in (
        (404, app.test_client().get("/no/such/page")),
        (405, app.test_client().put("/login")),
        (413, app.test_client().post("/login", data={}, environ_overrides={"CONTENT_LENGTH": "9" * 10})),
    ):
        assert answer.status_code == status
        assert not wrong_headers(answer)
    assert {200, 302, 404} <= seen


def test_a_survey_may_stand_in_the_frames_of_chosen_sites_and_nothing_else_may(framed: Flask) -> None:
    world = build(framed.extensions["settings"])
    for letter in ("A", "-"):
        for ask in asks(framed, world, letter, ("GET",)):
            answer = send(framed, world, ask)
            policy = answer.headers["Content-Security-Policy"]
            if ask.door.endpoint.startswith("respond."):
                assert "frame-ancestors https://www.example.org https://*.example.net" in policy
                assert "X-Frame-Options" not in answer.headers
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
            else:
                assert "example.org" not in policy, str(ask)
                assert answer.headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN")


def test_without_the_setting_a_survey_stands_in_no_frame(app: Flask) -> None:
    answer = app.test_client().get("/s/nosuchlink")
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Frame-Options"] == "DENY"


KEYED = ("respond.", "no_more.")  # the key is in the form or in the address: it answers with a page


@pytest.mark.parametrize("letter", ["A", "Q", "H", "S", "U", "-"])
def test_nothing_changes_without_the_token_of_the_form(app: Flask, letter: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    world = build(app.extensions["settings"])
    before = rows()
    for ask in asks(app, world, letter, ("POST",)):
        answer = send(app, world, ask)
        if not ask.door.endpoint.startswith(KEYED):
            assert answer.status_code in (302, 400, 403), f"{ask}: {answer.status_code}"
    assert rows() == before


def cookie_of(app: Flask, world: World, letter: str) -> str:
    """As a header: the test client itself sends none to another host."""
    cookie = someone(app, world, letter).get_cookie("session")
    return f"session={cookie.value}" if cookie else ""


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_forged_hosts_and_forwarding_change_no_answer(tmp_path: Path, proxies: str) -> None:
    for app in _app(tmp_path, TRUSTED_PROXIES=proxies):
        world = build(app.extensions["settings"])
        for letter in ("A", "S", "-"):
            for ask in asks(app, world, letter, ("GET",)):
                if ask.door.endpoint == "watch.metrics":
                    continue  # refuses whatever was forwarded
                forged = FORGED | {"Cookie": cookie_of(app, world, letter)}
                answer = app.test_client(use_cookies=False).get(
                    ask.path, query_string=ask.query, headers=forged, buffered=True
                )
                text = str(answer.headers) + answer.data.decode(errors="replace")
                assert EVIL not in text, str(ask)
                assert answer.status_code == send(app, world, ask).status_code, str(ask)


def test_cookies_are_kept_from_scripts_and_plain_connections(tmp_path: Path) -> None:
    for app in _app(
        tmp_path, BASE_URL="https://feedback.example.org", SECRET_KEY="k3y-of-this-test-0123-" * 2
    ):
        answer = app.test_client().get("/login?lang=en")
        assert "max-age=" in answer.headers["Strict-Transport-Security"]
        for cookie in answer.headers.getlist("Set-Cookie"):
            for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
                assert flag in cookie
            assert "Domain" not in cookie


def test_a_respondent_gets_no_cookie(app: Flask) -> None:
    world = build(app.extensions["settings"])
    for ask in asks(app, world, "-"):
        if ask.door.endpoint.startswith("respond.") and ask.whose is Whose.OWN:
            assert "Set-Cookie" not in send(app, world, ask).headers
    assert world.values[Whose.OWN][Kind.TOKEN]


def test_the_link_in_a_mail_names_the_configured_address_only(tmp_path: Path) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    for app in _app(tmp_path, MAIL_URL=f"file://{mails}", TRUSTED_PROXIES="1"):
        person(email="ward@example.org")
        app.test_client().post("/reset", data={"email": "ward@example.org"}, headers=FORGED)
        (mail,) = mails.iterdir()
        assert "http://localhost:8000/reset/" in mail.read_text()
        assert EVIL not in mail.read_text()


def _note_address(seen: list[str | None]) -> None:
    seen.append(request.remote_addr)


@pytest.mark.parametrize(("proxies", "counted"), [("0", "127.0.0.1"), ("1", "203.0.113.7")])
def test_only_as_many_forwarded_addresses_as_there_are_proxies_count(
    tmp_path: Path, proxies: str, counted: str
) -> None:
    for app in _app(tmp_path, TRUSTED_PROXIES=proxies):
        given = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7", "X-Real-IP": "198.51.100.2"} | FORGED
        seen: list[str | None] = []
        app.before_request_funcs[None].append(partial(_note_address, seen))
        app.test_client().get("/login", headers=given)
        assert seen == [counted]


def test_the_next_page_after_signing_in_is_one_of_ours(app: Flask) -> None:
    person(email="ward@example.org")
    for wanted in FOREIGN_PAGES:
        form = {"email": "ward@example.org", "password": PASSWORD, "next": wanted}
        answer = app.test_client().post("/login", query_string={"next": wanted}, data=form)
        location = urljoin("http://localhost/login", answer.headers.get("Location", ""))
        assert urlsplit(location)[:2] == ("http", "localhost"), wanted
        assert not answer.headers.get("Location", "/").startswith(("//", "/\\")), wanted


def test_a_session_ends_some_hours_after_it_began(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    person(email="ward@example.org")
    client, remembered, begun = app.test_client(), app.test_client(), clock.now()
    sign_in(client, "ward@example.org")
    sign_in(remembered, "ward@example.org", remember="y")
    for hours, inside in ((23, True), (25, False)):
        monkeypatch.setattr(clock, "now", lambda later=hours: begun + timedelta(hours=later))
        assert is_signed_in(client) == inside
        assert is_signed_in(remembered)


@pytest.mark.parametrize("change", [{"role": "auditor"}, {"active": False}, {"unit": None}])
def test_a_session_ends_when_the_role_changes_or_the_account_closes(
    app: Flask, change: dict[str, Any]
) -> None:
    admin, top = person(email="admin@example.org"), UnitFactory(code="top")
    user = person(email="ward@example.org", role="auditor" if "unit" in change else "staff", unit=top)
    phone, desk = app.test_client(), app.test_client()
    sign_in(phone, "ward@example.org")
    sign_in(desk, admin.email)
    form = {"email": user.email, "name": "Ward", "role": user.role, "unit": "top"}
    if "active" in change:
        desk.post(f"/users/{user.id}/close")
    else:
        desk.post(f"/users/{user.id}", data=form | {name: value or "" for name, value in change.items()})
    assert not is_signed_in(phone)


def test_a_session_from_before_signing_in_gains_nothing(app: Flask) -> None:
    """Session fixation: whoever planted a cookie, and knows the form token in it, is not signed in with it."""
    person(email="ward@example.org")
    victim, attacker = app.test_client(), app.test_client()
    attacker.get("/login?lang=en")
    planted = attacker.get_cookie("session")
    assert planted is not None
    victim.set_cookie("session", planted.value)
    with victim.session_transaction() as session:
        session["csrf_token"] = known = "known to the attacker"
    sign_in(victim, "ward@example.org")
    assert is_signed_in(victim)
    assert not is_signed_in(attacker)
    with victim.session_transaction() as session:
        assert session.get("csrf_token") != known
