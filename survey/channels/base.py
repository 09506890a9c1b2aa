"""What every channel is: it takes a parcel to its recipient, or says why it cannot."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PATIENCE = 10.0  # seconds for each answer of a server; a worker's lease is several times as long


class NotSent(Exception):
    """Its text is for the administrator; it names no secret and no address of a person."""


class NotNow(NotSent):
    """Worth another try."""


class Away(NotNow):
    """Nobody answers there: nothing else needs to be tried by this channel at this moment."""


class Never(NotSent):
    """No try will succeed."""


class Nobody(Never):
    """There is no such recipient: the address bounced."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says. Images are PNG, by the name that the HTML calls them (`cid:name`)."""

    subject: str
    text: str
    html: str
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parcel:
    id: uuid.UUID
    message_id: str
    template: str
    fields: Mapping[str, Any]
    locale: str
    created_at: datetime
    letter: Letter
    address: str = ""  # an e-mail address or a telephone number
    config: Mapping[str, str] = field(default_factory=dict)  # of an endpoint
    unsubscribe: str = ""  # an address for one click


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that an administrator writes for a channel or an endpoint."""

    name: str
    label: Any
    hint: Any = ""
    secret: bool = False
    needed: bool = True


class Channel:
    name: str
    title: Any
    for_users: bool = False
    for_endpoints: bool = False
    settings: tuple[Setting, ...] = ()

    def ready(self) -> bool:
        """Whether it is set up here."""
        return True

    def checked(self, config: Mapping[str, str]) -> None:
        """Raises Invalid for settings of an endpoint that cannot work."""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Around several sendings, for what they can share."""
        yield

    def send(self, parcel: Parcel) -> None:
        """Returns when the parcel was accepted; raises NotNow or Never."""
        raise NotImplementedError
