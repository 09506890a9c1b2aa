"""The address with which a respondent ends messages by one click: it holds no address and cannot be guessed."""

from __future__ import annotations

import hashlib
import hmac
import uuid

from flask import current_app

from survey.errors import Missing
from survey.extensions import db
from survey.models import Message, Reason
from survey.outbox import limits

PATH = "/no-more"


def link(message: Message) -> str:
    base: str = current_app.extensions["settings"].base_url
    return f"{base}{PATH}/{message.id.hex}.{_proof(message.id)}"


def message_of(token: str) -> Message:
    """Raises Missing."""
    number, _dot, proof = token.partition(".")
    try:
        found = uuid.UUID(hex=number)
    except ValueError:
        raise Missing from None
    if not hmac.compare_digest(proof.encode(), _proof(found).encode()):
        raise Missing
    message = db.session.get(Message, found)
    if message is None or message.user_id is not None:
        raise Missing
    return message


def end(message: Message) -> None:
    """The caller commits."""
    limits.stop(message.recipient, message.channel, Reason.UNSUBSCRIBED)


def _proof(number: uuid.UUID) -> str:
    secret: str = current_app.extensions["settings"].derived("unsubscribe")
    return hmac.new(secret.encode(), number.bytes, hashlib.sha256).hexdigest()[:32]
