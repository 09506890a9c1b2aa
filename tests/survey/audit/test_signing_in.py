"""Signing in and out, passwords and second factors in the trail: by reason, and never with what was typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.accounts.links import one_time_link
from survey.extensions import db
from survey.models import AuditEntry
from tests.factories import PASSWORD
from tests.survey.accounts.people import person, sign_in


def _noted() -> list[tuple[str, str, str, dict[str, Any]]]:
    """Deed, kind of actor, thing, and details; the making of the accounts left out."""
    rows = db.session.scalars(
        select(AuditEntry).where(AuditEntry.deed != "created").order_by(AuditEntry.number)
    ).all()
    found = [(row.deed, row.actor_kind, row.thing_name, json.loads(row.details)) for row in rows]
    db.session.rollback()
    return found


def test_signing_in_and_out_is_noted(any_app: Flask) -> None:
    client = any_app.test_client()
    person(email="ann@example.org", name="Ann")
    sign_in(client, "ann@example.org")
    client.post("/logout")
    name = "Ann <ann@example.org>"
    assert [found[:3] for found in _noted()] == [
        ("signed_in", "person", name),
        ("signed_out", "person", name),
    ]


@pytest.mark.parametrize(
    ("email", "password", "thing", "reason"),
    [
        ("ann@example.org", "wrong password 1", "Ann <ann@example.org>", "password"),
        ("stranger@example.org", "wrong password 1", "", "unknown"),
        ("gone@example.org", PASSWORD, "Gone <gone@example.org>", "closed"),
    ],
)
def test_a_failed_sign_in_is_noted_by_reason_without_what_was_typed(
    any_app: Flask, email: str, password: str, thing: str, reason: str
) -> None:
    person(email="ann@example.org", name="Ann")
    person(email="gone@example.org", name="Gone", active=False)
    sign_in(any_app.test_client(), email, password)
    assert _noted() == [("sign_in_failed", "nobody", thing, {"reason": reason})]
    held = str(db.session.execute(select(AuditEntry.__table__)).all())
    assert "stranger" not in held
    assert "wrong password" not in held


def test_a_changed_and_a_reset_password_are_noted_without_it(app: Flask, client: FlaskClient) -> None:
    user = person(email="ann@example.org", name="Ann")
    sign_in(client, "ann@example.org")
    new = "another battery staple"
    client.post("/change", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new})
    link = one_time_link(user)
    db.session.commit()
    newest = "a third battery staple"
    address = link[link.index("/reset") :]
    app.test_client().post(address, data={"password": newest, "password_confirm": newest})
    deeds = [found[:2] for found in _noted()]
    assert ("password_set", "person") in deeds
    assert ("password_link", "command_line") in deeds
    assert deeds[-1] == ("password_set", "nobody")
    held = str(db.session.execute(select(AuditEntry.__table__)).all())
    assert "staple" not in held
    assert "argon2" not in held


def test_a_second_factor_that_is_taken_away_is_noted(app: Flask) -> None:
    user = person(name="Ann", email="ann@example.org")
    user.tf_primary_method, user.tf_totp_secret = "authenticator", "not-for-the-trail"
    db.session.commit()
    user.tf_primary_method = user.tf_totp_secret = None
    db.session.commit()
    user.mf_recovery_codes = ["first-code", "second-code"]
    db.session.commit()
    user.mf_recovery_codes.remove("first-code")
    db.session.commit()
    assert [found[0] for found in _noted()] == [
        "second_factor_on", "second_factor_off", "recovery_codes", "recovery_codes",
    ]  # fmt: skip
    held = str(db.session.execute(select(AuditEntry.__table__)).all())
    assert "-code" not in held
    assert "not-for" not in held


def test_a_wrong_code_is_noted(app: Flask, client: FlaskClient) -> None:
    person(
        name="Ann", email="ann@example.org", tf_primary_method="authenticator", tf_totp_secret=_secret(app)
    )
    sign_in(client, "ann@example.org")
    client.post("/tf-validate", data={"code": "000000"})
    client.post("/mf-recovery", data={"code": "no-such-code"})
    assert [found[3] for found in _noted()] == [{"reason": "code"}, {"reason": "recovery_code"}]


def _secret(app: Flask) -> str:
    with app.test_request_context():
        return str(app.extensions["security"].totp_factory.generate_totp_secret())


def test_a_forgotten_password_is_noted_for_a_known_account_only(tmp_path: Any, app: Flask) -> None:
    person(name="Ann", email="ann@example.org")
    for email in ("ann@example.org", "stranger@example.org"):
        app.test_client().post("/reset", data={"email": email})
    assert [found[:3] for found in _noted()] == [("password_link", "nobody", "Ann <ann@example.org>")]
