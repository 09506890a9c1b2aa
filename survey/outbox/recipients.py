"""Who receives a message, by which channels, and how the outbox knows them again."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from survey.channels import EMAIL, IN_APP
from survey.config import Settings
from survey.extensions import db
from survey.models import Endpoint, MessageChoice, User

UNLESS_DECLINED = (IN_APP, EMAIL)


@dataclass(frozen=True, slots=True)
class Address:
    """Of somebody without an account: an e-mail address or a telephone number, and the language to write in."""

    channel: str
    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Recipient:
    key: str
    locale: str
    channels: tuple[str, ...]
    user_id: uuid.UUID | None = None
    endpoint_id: uuid.UUID | None = None
    address: str | None = None


def recipient(to: User | Endpoint | Address, channels: Iterable[str] | None = None) -> Recipient:
    """`channels` are for users only: exactly these, whatever they chose. A closed account receives nothing."""
    if isinstance(to, Address):
        return Recipient(key_of(to), to.locale, (to.channel,), address=to.text)
    if isinstance(to, Endpoint):
        mine = (to.channel,) if to.active else ()
        return Recipient(f"endpoint:{to.id.hex}", to.locale, mine, endpoint_id=to.id)
    wanted = tuple(dict.fromkeys(channels)) if channels is not None else chosen(to)
    locale = to.locale or _settings().locale
    return Recipient(f"user:{to.id.hex}", locale, wanted if to.active else (), user_id=to.id)


def key_of(address: Address) -> str:
    """The keyed hash: the same person is known again, but nobody can try out addresses on a copy of the database."""
    secret = _settings().derived("recipients")
    text = f"{address.channel}:{address.text.strip().lower()}"
    return "address:" + hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def chosen(user: User) -> tuple[str, ...]:
    """In the application always; by e-mail unless declined; by others if wanted."""
    rows = db.session.execute(
        select(MessageChoice.channel, MessageChoice.wanted).where(MessageChoice.user_id == user.id)
    )
    choices: Mapping[str, bool] = {row.channel: row.wanted for row in rows}
    unless = [name for name in UNLESS_DECLINED if name == IN_APP or choices.get(name, True)]
    return (*unless, *(name for name in sorted(choices) if choices[name] and name not in UNLESS_DECLINED))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
