"""Flask-Security's settings."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from survey.accounts.messages import MESSAGES, SUBJECTS
from survey.accounts.passwords import SHORTEST
from survey.config import ROOT, Settings

LINK_DAYS = 3


def security_config(settings: Settings) -> dict[str, Any]:
    given = _sign_in(settings) | _passwords(settings) | _second_factor(settings)
    given |= {f"MSG_{name}": message for name, message in MESSAGES.items()}
    given |= {f"EMAIL_SUBJECT_{name}": subject for name, subject in SUBJECTS.items()}
    return {f"SECURITY_{name}": value for name, value in given.items()} | {
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),  # without a request
        "REMEMBER_COOKIE_DURATION": timedelta(days=14),
    }


def _sign_in(settings: Settings) -> dict[str, Any]:
    return {
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": [str(ROOT / "survey" / "translations")],
        "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": str, "case_insensitive": False}}],
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "REGISTERABLE": False,
        "CLI_USERS_NAME": False,
        "CLI_ROLES_NAME": False,
        "LOGOUT_METHODS": ["POST"],
        "POST_LOGIN_VIEW": "/",
        "POST_LOGOUT_VIEW": "/login",
        "STATIC_FOLDER": None,
        "FRESHNESS": timedelta(minutes=30),
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    }


def _passwords(settings: Settings) -> dict[str, Any]:
    return {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SALT": settings.derived("password salt"),
        "PASSWORD_LENGTH_MIN": SHORTEST,
        "CHANGEABLE": True,
        "POST_CHANGE_VIEW": "accounts.me",
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": timedelta(days=LINK_DAYS),
        "SEND_PASSWORD_RESET_EMAIL": bool(settings.mail_url),
        "SEND_PASSWORD_RESET_NOTICE_EMAIL": bool(settings.mail_url),
        "SEND_PASSWORD_CHANGE_EMAIL": bool(settings.mail_url),
        "EMAIL_HTML": False,
    }


def _second_factor(settings: Settings) -> dict[str, Any]:
    key = urlsafe_b64encode(bytes.fromhex(settings.derived("recovery codes")))
    return {
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["email"],  # see setup.register
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds before and after
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_POST_SETUP_VIEW": "accounts.me",
        "TOTP_SECRETS": {"1": settings.derived("totp")},
        "TOTP_ISSUER": settings.organisation,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [key],
    }
