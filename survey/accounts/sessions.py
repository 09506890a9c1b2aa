"""What begins with a session: its lifetime and its language."""

from __future__ import annotations

from flask import Flask, session
from flask_security import user_authenticated

from survey.models import User


def register(app: Flask) -> None:
    user_authenticated.connect(_begun, app)


def _begun(app: Flask, user: User, **_: object) -> None:
    session.permanent = True
    chosen = session.pop("locale", None)  # on the sign-in page, perhaps by somebody else
    user.locale = user.locale or chosen
