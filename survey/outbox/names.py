"""What a message is called on its way."""

from __future__ import annotations

import uuid
from email.utils import parseaddr

from flask import current_app


def message_id(number: uuid.UUID) -> str:
    """As RFC 5322 writes it, in the sender's domain; made once, for all tries."""
    _name, address = parseaddr(current_app.extensions["settings"].mail_from)
    return f"<{number.hex}@{address.rpartition('@')[2] or 'localhost'}>"
