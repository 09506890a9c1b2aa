"""Sealing what only few may read: AES-256-GCM under a key derived from SECRET_KEY, bound to what it belongs to."""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from flask_babel import lazy_gettext as _l

from survey.config import Settings
from survey.errors import Conflict

_PURPOSE = "originals"
_NONCE = 12  # bytes, random: one key may seal 2**32 things (NIST SP 800-38D, 8.3)


class Unreadable(Conflict):
    message = _l("The original cannot be read: it was sealed under another SECRET_KEY, or it was changed.")


def seal(plain: bytes, of: bytes) -> bytes:
    """`of` names what it belongs to: sealed bytes cannot be opened as those of anything else."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(_secret()).encrypt(nonce, plain, of)


def unseal(sealed: bytes, of: bytes) -> bytes:
    """Raises Unreadable."""
    try:
        return _cipher(_secret()).decrypt(sealed[:_NONCE], sealed[_NONCE:], of)
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _secret() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.derived(_PURPOSE)


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(bytes.fromhex(secret))
