from __future__ import annotations

import re
import time

from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from survey.extensions import db
from survey.models import User
from tests.survey.accounts.people import alerts, is_signed_in, person, sign_in

WHO = "ward@example.org"


def set_up(client: FlaskClient) -> TOTP:
    """Switches the second factor on and returns the app on the phone; its present code is spent."""
    sign_in(client, WHO)
    page = client.post("/tf-setup", data={"setup": "authenticator"}).text
    found = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    assert found
    assert 'src="data:image/svg+xml' in page
    phone = TOTP(key=found[1].replace("-", ""))
    action = re.search(r'action="(/tf-setup/[^"]+)"', page)
    assert action
    assert client.post(action[1], data={"code": code(phone)}).headers["Location"] == "/account"
    return phone


def code(phone: TOTP, ahead: int = 0) -> str:
    return str(phone.generate(int(time.time()) + ahead).token)


def fresh(app: Flask) -> FlaskClient:
    """Another device on which the password was right."""
    client = app.test_client()
    assert sign_in(client, WHO).headers["Location"].startswith("/tf-validate")
    assert not is_signed_in(client)
    return client


def test_with_a_second_factor_the_password_alone_opens_nothing(app: Flask) -> None:
    person(email=WHO)
    phone = set_up(app.test_client())
    client = fresh(app)
    wrong = client.post("/tf-validate", data={"code": "000000"})
    assert alerts(wrong) == ["This code is not right. Codes change every 30 seconds and work once."]
    assert not is_signed_in(client)
    spaced = " ".join(code(phone, ahead=30))
    assert client.post("/tf-validate", data={"code": spaced}).headers["Location"] == "/"
    assert is_signed_in(client)


def test_a_code_that_was_used_works_for_nobody_else(app: Flask) -> None:
    person(email=WHO)
    phone = set_up(app.test_client())
    seen = code(phone, ahead=30)
    assert fresh(app).post("/tf-validate", data={"code": seen}).status_code == 302
    thief = fresh(app)
    thief.post("/tf-validate", data={"code": seen})
    assert not is_signed_in(thief)


def test_a_recovery_code_stands_in_once(app: Flask) -> None:
    person(email=WHO)
    owner = app.test_client()
    set_up(owner)
    codes = re.findall(
        r"<li><code>([^<]+)</code>", owner.post("/mf-recovery-codes", data={"generate_new_codes": "x"}).text
    )
    assert len(set(codes)) == 8
    client = fresh(app)
    assert client.post("/mf-recovery", data={"code": codes[0]}).headers["Location"] == "/"
    assert is_signed_in(client)
    thief = fresh(app)
    thief.post("/mf-recovery", data={"code": codes[0]})
    assert not is_signed_in(thief)
    assert "7 recovery codes left" in client.get("/account").text


def test_secrets_and_recovery_codes_are_stored_encrypted(app: Flask) -> None:
    user = person(email=WHO)
    owner = app.test_client()
    phone = set_up(owner)
    shown = owner.post("/mf-recovery-codes", data={"generate_new_codes": "x"}).text
    db.session.expire_all()
    stored = db.session.get(User, user.id)
    assert phone.base32_key not in str(stored.tf_totp_secret)
    for one in re.findall(r"<li><code>([^<]+)</code>", shown):
        assert one not in str(stored.mf_recovery_codes)


def test_changing_the_second_factor_needs_a_recent_password(app: Flask) -> None:
    person(email=WHO)
    client = app.test_client()
    sign_in(client, WHO)
    with client.session_transaction() as session:
        session["fs_paa"] -= 3600
    assert client.get("/tf-setup").headers["Location"].startswith("/verify")
    assert client.get("/mf-recovery-codes").headers["Location"].startswith("/verify")
    again = client.post("/verify?next=/tf-setup", data={"password": "correct horse battery staple"})
    assert again.headers["Location"] == "/tf-setup"
    assert client.get("/tf-setup").status_code == 200


def test_an_administrator_can_switch_it_off_for_somebody(app: Flask) -> None:
    user = person(email=WHO)
    owner = app.test_client()
    set_up(owner)
    person(email="admin@example.org")
    admin = app.test_client()
    sign_in(admin, "admin@example.org")
    admin.post(f"/users/{user.id}/reset-second-factor")
    assert not is_signed_in(owner)
    sign_in(owner, WHO)
    assert is_signed_in(owner)


def test_the_pages_of_the_second_factor_need_the_password_first(client: FlaskClient) -> None:
    for path in ("/tf-validate", "/mf-recovery", "/tf-rescue", "/tf-setup"):
        assert client.get(path).headers["Location"] == "/login"
