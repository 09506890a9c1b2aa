"""The signed key in a rendered form, and the receipt that belongs to it. Nothing is stored for a form.

The key says what the form was rendered for, so that it cannot be carried to another link, and holds the
idempotency key: the same rendered form, sent however often, is one response with one receipt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from itsdangerous import BadSignature, Signer

from survey.locales import LOCALES

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_BITS = 60


@dataclass(frozen=True, slots=True)
class FormKey:
    opening: str  # the link or invitation, see queries.Opening.name
    version_id: int
    idempotency: str  # 128 random bits
    rendered_at: datetime
    locale: str


def fresh(opening: str, version_id: int, at: datetime, locale: str) -> FormKey:
    return FormKey(opening, version_id, secrets.token_urlsafe(16), at, locale)


def sign(key: FormKey, secret: str) -> str:
    moment = int(key.rendered_at.timestamp() * 1000)
    parts = (key.opening, str(key.version_id), key.idempotency, str(moment), key.locale)
    return _signer(secret).sign("~".join(parts)).decode()


def read(text: str, secret: str) -> FormKey | None:
    """The key in a sent form; None when it is missing or was not made by us."""
    try:
        parts = _signer(secret).unsign(text.encode("utf-8", "replace")).decode().split("~")
    except (BadSignature, UnicodeDecodeError):
        return None
    opening, version_id, idempotency, moment, locale = parts
    rendered_at = datetime.fromtimestamp(int(moment) / 1000, UTC)
    return FormKey(opening, int(version_id), idempotency, rendered_at, locale if locale in LOCALES else "en")


@lru_cache(maxsize=8)
def _signer(secret: str) -> Signer:
    """With its key derived once: the library would derive it again for each form."""
    derived = Signer(secret, salt="form", key_derivation="hmac", digest_method=hashlib.sha256).derive_key()
    return Signer(derived, salt="form", key_derivation="none", digest_method=hashlib.sha256)


def receipt_of(idempotency: str, secret: str) -> str:
    """Twelve characters in Crockford's base 32, such as 7KQ2-9FXM-3TBA."""
    digest = hmac.digest(secret.encode(), idempotency.encode(), "sha256")
    number = int.from_bytes(digest[:8], "big") >> (64 - RECEIPT_BITS)
    letters = [CROCKFORD[number >> shift & 31] for shift in range(RECEIPT_BITS - 5, -1, -5)]
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))
