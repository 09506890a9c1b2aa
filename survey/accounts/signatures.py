"""Signatures that bear a clock which is set back, or two machines whose clocks differ a little.

The library refuses what was signed in the future. A stranger cannot sign at all; but whoever signs in at one machine
and is answered by another, a second behind, would be signed out at once.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

AHEAD = 25 * 3600  # seconds; an hour off, or a wrong time zone


class PatientSigner(TimestampSigner):
    def unsign(self, signed_value: Any, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        value, at = super().unsign(signed_value, return_timestamp=True)
        age = self.get_timestamp() - int(at.timestamp())
        if max_age is not None and not -AHEAD <= age <= max_age:
            raise SignatureExpired(f"Signature age {age}", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


class PatientSessions(SecureCookieSessionInterface):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        return patient(serializer) if serializer else None


def patient(serializer: URLSafeTimedSerializer) -> URLSafeTimedSerializer:
    serializer.signer = PatientSigner
    return serializer


def register(app: Flask) -> None:
    app.session_interface = PatientSessions()
    for kept in vars(app.extensions["security"]).values():
        if isinstance(kept, URLSafeTimedSerializer):  # of links in mails, and of steps in signing in
            patient(kept)
