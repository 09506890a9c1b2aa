"""Guessing passwords and codes is slowed, by address and by account.

An account that others guess at stays open to its owner: a browser that has signed in to it before carries
a signed cookie and is counted on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from flask import Flask, Response, after_this_request, current_app, request, session
from flask_limiter.util import get_remote_address
from flask_security import current_user, user_authenticated
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItem, parse_many
from werkzeug.exceptions import TooManyRequests, UnsupportedMediaType

from survey.accounts.signatures import patient
from survey.counters import counters
from survey.models import User

BY_ADDRESS = parse_many("60 per minute; 600 per hour")  # a whole house may share one address
BY_ACCOUNT = parse_many("10 per 5 minutes; 60 per day")
GUARDED = (
    "security.login",
    "security.verify",
    "security.change_password",
    "security.forgot_password",
    "security.reset_password",
    "security.two_factor_token_validation",
    "security.mf_recovery",
)
COOKIE = "known"
REMEMBERED = 180 * 24 * 3600  # seconds


def register(app: Flask) -> None:
    app.before_request(_slow_down)
    user_authenticated.connect(_signed_in, app)


def _slow_down() -> None:
    if request.blueprint == "security" and request.is_json:
        raise UnsupportedMediaType  # the pages are forms; nothing of ours sends JSON here
    if request.method != "POST" or request.endpoint not in GUARDED:
        return
    if current_app.config.get("RATELIMIT_ENABLED", True) and not all(_allowed()):
        raise TooManyRequests


def _allowed() -> Iterator[bool]:
    """Counts this try, everywhere it counts."""
    here = get_remote_address()
    yield _count(BY_ADDRESS, "address", here)
    account = _account()
    if account:
        yield _count(BY_ACCOUNT, *_bucket(account))


def _count(limits: list[RateLimitItem], *bucket: str) -> bool:
    hits = [counters().hit(limit, *bucket) for limit in limits]  # each is counted, whatever the others say
    return all(hits)


def _account() -> str:
    """Whose account is being tried: as typed, as half signed in, or as signed in."""
    if request.endpoint in ("security.login", "security.forgot_password"):
        return _digest(request.form.get("email", ""))
    if session.get("tf_user_id"):
        return str(session["tf_user_id"])
    return _digest(current_user.email) if current_user.is_authenticated else ""


def _bucket(account: str) -> tuple[str, ...]:
    endpoint = request.endpoint or ""
    if endpoint == "security.login" and _known() == account:
        return ("known device", endpoint, account, sha256(request.cookies[COOKIE].encode()).hexdigest())
    return ("account", endpoint, account)


def _digest(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()


def _serializer() -> URLSafeTimedSerializer:
    return patient(URLSafeTimedSerializer(current_app.extensions["settings"].derived("known device")))


def _known() -> str | None:
    try:
        found = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=REMEMBERED)
    except BadSignature:
        return None
    return str(found)


def _signed_in(app: Flask, user: User, **_: object) -> None:
    digest = _digest(user.email)
    for limit in BY_ACCOUNT:
        counters().clear(limit, *_bucket(digest))

    def remember(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            _serializer().dumps(digest),
            max_age=REMEMBERED,
            httponly=True,
            samesite="Lax",
            secure=app.config["SESSION_COOKIE_SECURE"],
        )
        return response

    after_this_request(remember)
