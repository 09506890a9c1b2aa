"""Signing in and out, tried and done, goes into the audit trail. What was typed never does."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_login import user_logged_out
from flask_security import user_authenticated, user_failed_authn
from flask_security.signals import reset_password_instructions_sent

from survey import audit
from survey.audit import Deed, Thing
from survey.audit.actor import person
from survey.extensions import db
from survey.models import User

UNKNOWN = Thing("user")


def register(app: Flask) -> None:
    user_authenticated.connect(_signed_in, app)
    user_failed_authn.connect(_failed, app)
    user_logged_out.connect(_signed_out, app)
    reset_password_instructions_sent.connect(_asked_for_a_link, app)


def failed(user: Any, reason: str) -> None:
    """`user` is None where nobody has the address. The caller has changed nothing that would be committed along."""
    audit.record(Deed.SIGN_IN_FAILED, user or UNKNOWN, {"reason": reason})
    db.session.commit()


def _signed_in(_app: Flask, user: User, **_: object) -> None:
    audit.record(Deed.SIGNED_IN, user, actor=person(user))  # the library commits at the end of the request


def _failed(_app: Flask, user: User, tfa: bool = False, **_: object) -> None:
    failed(user, "code" if tfa else "password")


def _signed_out(_app: Flask, user: User, **_: object) -> None:
    if user.is_authenticated:
        audit.record(Deed.SIGNED_OUT, user, actor=person(user))
        db.session.commit()


def _asked_for_a_link(_app: Flask, user: User, **_: object) -> None:
    audit.record(Deed.PASSWORD_LINK, user)
    db.session.commit()
