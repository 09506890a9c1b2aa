from __future__ import annotations

import time
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from survey.extensions import db
from survey.models import User
from tests.factories import PASSWORD
from tests.survey.accounts.people import alerts, is_signed_in, person, sign_in


def test_the_right_password_opens_the_page_that_was_asked_for(client: FlaskClient) -> None:
    person(email="ward@example.org")
    answer = client.post("/login?next=/account", data={"email": "Ward@Example.ORG", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")
    assert is_signed_in(client)


def test_a_foreign_address_is_never_the_next_page(client: FlaskClient) -> None:
    person(email="ward@example.org")
    for foreign in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.post(
            "/login", query_string={"next": foreign}, data={"email": "ward@example.org", "password": PASSWORD}
        )
        location = urljoin("http://localhost/login", answer.headers.get("Location", ""))
        assert urlsplit(location).netloc == "localhost"


@pytest.mark.parametrize("closed", [True, False])
def test_nobody_learns_whether_an_account_exists(client: FlaskClient, closed: bool) -> None:
    person(email="known@example.org", active=not closed)
    known = sign_in(client, "known@example.org", "not this one")
    unknown = sign_in(client, "unknown@example.org", "not this one")
    assert alerts(known) == alerts(unknown) == ["This e-mail address and password do not go together."]
    assert known.text.replace("unknown", "known") == unknown.text.replace("unknown", "known")


def test_an_unknown_account_takes_about_as_long_as_a_known_one(client: FlaskClient) -> None:
    person(email="known@example.org")

    def fastest(email: str) -> float:
        times = []
        for _try in range(5):
            begun = time.perf_counter()
            sign_in(client, email, "not this one")
            times.append(time.perf_counter() - begun)
        return min(times)

    known, unknown = fastest("known@example.org"), fastest("unknown@example.org")
    assert 0.4 < unknown / known < 2.5


def test_a_closed_account_stays_outside_even_with_its_password(client: FlaskClient) -> None:
    person(email="gone@example.org", active=False)
    sign_in(client, "gone@example.org")
    assert not is_signed_in(client)


def test_closing_an_account_ends_its_session_at_once(client: FlaskClient) -> None:
    user = person(email="ward@example.org")
    sign_in(client, "ward@example.org")
    user.active = False
    db.session.commit()
    assert not is_signed_in(client)


def test_signing_out_needs_a_post(client: FlaskClient) -> None:
    person(email="ward@example.org")
    sign_in(client, "ward@example.org")
    assert client.get("/logout").status_code == 405
    assert is_signed_in(client)
    assert client.post("/logout").headers["Location"] == "/login"
    assert not is_signed_in(client)


def test_json_is_no_way_to_sign_in(client: FlaskClient) -> None:
    person(email="ward@example.org")
    for body in ({"email": "ward@example.org", "password": PASSWORD}, {"email": {"a": 1}}, [1]):
        assert client.post("/login", json=body).status_code == 415
    assert not is_signed_in(client)


def test_without_a_csrf_token_nothing_is_accepted(app: Flask) -> None:
    person(email="ward@example.org")
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    assert sign_in(client, "ward@example.org").status_code == 400
    assert not is_signed_in(client)


def test_sign_out_everywhere_ends_the_sessions_of_every_device(app: Flask) -> None:
    person(email="ward@example.org")
    phone, desk = app.test_client(), app.test_client()
    sign_in(phone, "ward@example.org", remember="y")
    sign_in(desk, "ward@example.org")
    assert is_signed_in(phone)
    desk.post("/account/end-sessions")
    assert not is_signed_in(phone)
    assert not is_signed_in(desk)


def test_a_new_password_signs_out_the_other_devices_only(app: Flask) -> None:
    person(email="ward@example.org")
    phone, desk = app.test_client(), app.test_client()
    for device in (phone, desk):
        sign_in(device, "ward@example.org")
    new = "another long enough secret"
    form = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert desk.post("/change", data=form).headers["Location"] == "/account"
    assert is_signed_in(desk)
    assert not is_signed_in(phone)
    sign_in(phone, "ward@example.org", new)
    assert is_signed_in(phone)


def test_the_password_is_stored_as_argon2id(client: FlaskClient) -> None:
    assert (person(email="ward@example.org").password or "").startswith("$argon2id$")


def test_the_language_chosen_before_signing_in_is_kept_for_a_person_without_one(client: FlaskClient) -> None:
    user = person(email="new@example.org")
    client.get("/login?lang=zh_Hant")
    sign_in(client, "new@example.org")
    assert db.session.get(User, user.id).locale == "zh_Hant"


def test_a_person_with_a_language_keeps_it_whatever_was_chosen_before(client: FlaskClient) -> None:
    user = person(email="old@example.org", locale="zh_Hans")
    client.get("/login?lang=en")
    sign_in(client, "old@example.org")
    assert 'lang="zh-Hans"' in client.get("/account").text
    client.post("/language", data={"locale": "zh_Hant", "back": "/account"})
    assert 'lang="zh-Hant"' in client.get("/account").text
    assert db.session.get(User, user.id).locale == "zh_Hant"


def test_the_way_back_after_choosing_a_language_stays_on_this_site(client: FlaskClient) -> None:
    person(email="ward@example.org")
    sign_in(client, "ward@example.org")
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"):
        answer = client.post("/language", data={"locale": "en", "back": back})
        assert answer.headers["Location"] == "/"


def test_the_first_page_is_the_one_for_the_role(client: FlaskClient, app: Flask) -> None:
    person(email="admin@example.org", role="administrator")
    sign_in(client, "admin@example.org")
    with app.test_request_context():
        start = url_for("results.overview")
    assert client.get("/").headers["Location"] == start
