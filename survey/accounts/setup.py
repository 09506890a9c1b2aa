"""Flask-Security's binding to the application."""

from __future__ import annotations

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from survey.accounts import import_routes, noting, routes, sessions, signatures, throttle, user_routes
from survey.accounts.passwords import PasswordRules
from survey.accounts.post import Post
from survey.accounts.second_factor import OnceOnlyTotp
from survey.accounts.security_settings import security_config
from survey.accounts.sign_in_forms import FORMS
from survey.extensions import db
from survey.models import User

__all__ = ["import_routes", "register"]  # import_routes adds to the blueprint of user_routes


def register(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(security_config(settings))
    Security(
        app,
        # One role a person is a column of User (survey/access.py): the library keeps no roles.
        SQLAlchemyUserDatastore(db, User, None),  # type: ignore[arg-type]
        mail_util_cls=Post,
        password_util_cls=PasswordRules,
        totp_cls=OnceOnlyTotp,
        **FORMS,  # type: ignore[arg-type]
    )
    # After the start: before it the library insists on a second QR package for this method.
    app.config["SECURITY_TWO_FACTOR_ENABLED_METHODS"] = ["authenticator"]
    app.context_processor(
        lambda: {
            "mail_is_set_up": bool(settings.mail_url),
            "base_url": settings.base_url,
            "organisation_name": settings.organisation,
        }
    )
    sessions.register(app)
    noting.register(app)
    signatures.register(app)
    throttle.register(app)
    app.register_blueprint(routes.blueprint)
    app.register_blueprint(user_routes.blueprint)
