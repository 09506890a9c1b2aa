"""Guessing passwords and codes is slowed: by address, and by account within one network.

An account that others guess at stays open to its owner: guesses from elsewhere never use up the owner's. A browser
that has signed in before carries a signed cookie and is counted on its own, as does one that has just set the password
with a link. When an account is tried from many networks at once, each network is left fewer tries, but never none;
and where neighbours have used up what a network has, each address is left a few of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from ipaddress import ip_address, ip_network

from flask import Flask, Response, after_this_request, current_app, request, session
from flask_limiter.util import get_remote_address
from flask_security import current_user, password_reset, user_authenticated
from flask_security.recoverable import reset_password_token_status
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItem, parse_many
from werkzeug.exceptions import TooManyRequests, UnsupportedMediaType

from survey.accounts.signatures import patient
from survey.counters import counters
from survey.models import User

BY_ADDRESS = parse_many("60 per minute; 600 per hour")  # a whole house may share one address
BY_ACCOUNT = parse_many("10 per 5 minutes; 60 per day")  # from one network
FROM_EVERYWHERE = parse_many("100 per hour")  # above that, each network has:
WHEN_ATTACKED = parse_many("3 per hour")
BY_NEIGHBOURS = parse_many(
    "30 per hour"
)  # in a network that has used up BY_ACCOUNT; each address WHEN_ATTACKED
NETWORKS = {4: 24, 6: 48}  # bits of an address that name the network
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
    password_reset.connect(_remember, app)


def _slow_down() -> None:
    if request.blueprint == "security" and request.is_json:
        raise UnsupportedMediaType  # the pages are forms; nothing of ours sends JSON here
    if request.method != "POST" or request.endpoint not in GUARDED:
        return
    if current_app.config.get("RATELIMIT_ENABLED", True) and not all(_allowed()):
        raise TooManyRequests


def _allowed() -> Iterator[bool]:
    """Counts this try, everywhere it counts."""
    account = _account()
    proven = _proven(account)
    if proven:
        yield _count(BY_ACCOUNT, *proven)
        return
    if not _begun():
        yield _count(BY_ADDRESS, "address", get_remote_address())
    if account:
        bucket = _bucket(account)
        mine, networks = _count(WHEN_ATTACKED, *_mine(bucket)), _count(BY_ACCOUNT, *bucket)
        yield networks or (mine and _count(BY_NEIGHBOURS, *bucket))
        few, usual = _count(WHEN_ATTACKED, *bucket), _count(FROM_EVERYWHERE, *bucket[:-1])
        yield few or usual


def _proven(account: str) -> tuple[str, ...] | None:
    """What is counted instead of addresses: the browser that the account knows, or the link that was sent."""
    if account and _knows(account):
        return _device(account)
    if request.endpoint == "security.reset_password":
        token = (request.view_args or {})["token"]
        expired, invalid, user = reset_password_token_status(token)
        return ("link", sha256(token.encode()).hexdigest()) if user and not (expired or invalid) else None
    return None


def _begun() -> bool:
    """Whether the right password was given already: then the account is counted, not the house's address."""
    if request.endpoint in ("security.login", "security.forgot_password"):
        return False
    return bool(session.get("tf_user_id")) or current_user.is_authenticated


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
    return ("account", request.endpoint or "", account, network(get_remote_address()))


def _mine(bucket: tuple[str, ...]) -> tuple[str, ...]:
    return ("own tries", *bucket, get_remote_address())


def network(address: str) -> str:
    """The network of an address; neighbours in it are counted together."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, NETWORKS[found.version]), strict=False))


def _knows(account: str) -> bool:
    """Whether this browser has signed in to the account before."""
    return request.endpoint == "security.login" and _known() == account


def _device(account: str) -> tuple[str, ...]:
    return ("known device", account, sha256(request.cookies[COOKIE].encode()).hexdigest())


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
    bucket = _bucket(digest)
    buckets = [bucket, _mine(bucket)] + ([_device(digest)] if _knows(digest) else [])
    for limit in (*BY_ACCOUNT, *WHEN_ATTACKED, *BY_NEIGHBOURS):
        for one in buckets:
            counters().clear(limit, *one)
    _remember(app, user)


def _remember(app: Flask, user: User, **_: object) -> None:
    digest = _digest(user.email)

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
