"""What begins with a session: its lifetime and its language. It ends some hours after, used or not."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, g, session
from flask_security import user_authenticated

from survey import clock
from survey.models import User


def register(app: Flask) -> None:
    user_authenticated.connect(_begun, app)
    app.before_request(_end)


BEGAN = "began"  # when, in seconds of the epoch


def _end() -> None:
    """A device that is remembered begins a new session at once; see REMEMBER_COOKIE_DURATION for its own end."""
    if "_user_id" not in session:
        return
    now = clock.now().timestamp()
    longest = timedelta(hours=current_app.extensions["settings"].session_hours).total_seconds()
    if now - session.setdefault(BEGAN, now) > longest:
        session.clear()
        g.pop("_login_user", None)  # who was found with the session


def _begun(app: Flask, user: User, **_: object) -> None:
    session.permanent = True
    session[BEGAN] = clock.now().timestamp()
    session.pop("csrf_token", None)  # whoever knew it before must not know it now
    chosen = session.pop("locale", None)  # on the sign-in page, perhaps by somebody else
    user.locale = user.locale or chosen
