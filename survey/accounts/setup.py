"""Flask-Security's settings and its binding to the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_security import SQLAlchemyUserDatastore

from survey.config import Settings
from survey.extensions import db, security
from survey.models import User


def security_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SALT": settings.derived("password salt"),
        "SECURITY_TOTP_SECRETS": {"1": settings.derived("totp")},
        "SECURITY_TOTP_ISSUER": settings.organisation,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
    }


def register(app: Flask) -> None:
    for name, value in security_config(app.extensions["settings"]).items():
        app.config.setdefault(name, value)
    security.init_app(app, SQLAlchemyUserDatastore(db, User, None))
