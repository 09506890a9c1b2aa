"""What people do with messages: read them, send them again, choose where they go. Whoever calls commits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update

from survey import clock
from survey.channels import EMAIL, IN_APP, SMS
from survey.channels.sms import normal
from survey.extensions import db
from survey.models import Message, MessageChoice, MessageStop, Reason, State, User
from survey.outbox.parcels import Gone, address_of
from survey.outbox.recipients import Address, key_of
from survey.sealing import seal

_UNSENT = or_(Message.state == State.DEAD, Message.state == State.HELD)


def mark_read(person: User, number: uuid.UUID | None = None) -> int:
    """One notice of this person, or all."""
    mine = update(Message).where(
        Message.user_id == person.id,
        Message.channel == IN_APP,
        Message.read_at.is_(None),
        Message.state == State.SENT,
    )
    if number is not None:
        mine = mine.where(Message.id == number)
    done = db.session.connection().execute(mine.values(read_at=clock.now()))
    return int(done.rowcount)


def again(numbers: Sequence[uuid.UUID] | None = None) -> int:
    """Messages that were given up or held back wait again: these, or all. An address that bounced is tried anew."""
    chosen = select(Message).where(_UNSENT, Message.sealed.is_not(None))
    if numbers is not None:
        chosen = chosen.where(Message.id.in_(numbers))
    found = db.session.scalars(chosen.with_for_update(of=Message)).all()
    for message in found:
        _lift(message)
        message.state, message.tries, message.failure = State.WAITING, 0, None
        message.retry_at = clock.now()
    db.session.flush()
    return len(found)


def _lift(message: Message) -> None:
    try:
        address = address_of(message)
    except Gone:
        return
    if address:
        key = key_of(Address(message.channel, address, message.locale))
        bounced = MessageStop.reason == Reason.BOUNCED
        db.session.execute(
            delete(MessageStop).where(
                MessageStop.recipient == key, MessageStop.channel == message.channel, bounced
            )
        )


def choose(person: User, by_mail: bool, number: str) -> None:
    """Raises Invalid for what is no telephone number. An empty one ends text messages."""
    number = normal(number) if number.strip() else ""
    _choice(person, EMAIL, by_mail, None)
    sealed = seal(number.encode(), f"choice:{person.id.hex}:{SMS}".encode()) if number else None
    _choice(person, SMS, bool(number), sealed)


def _choice(person: User, channel: str, wanted: bool, sealed: bytes | None) -> None:
    row = db.session.get(MessageChoice, (person.id, channel))
    if row is None:
        db.session.add(MessageChoice(user_id=person.id, channel=channel, wanted=wanted, sealed=sealed))
    else:
        row.wanted, row.sealed = wanted, sealed
