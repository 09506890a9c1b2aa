"""What the worker does with messages: takes one, sends it outside of any transaction, and keeps how it went.

A worker that dies in between loses nothing: its lease runs out, and the message is tried again under the same
Message-ID. Only what a server had accepted in the very moment of the death arrives twice, as a repetition that its
Message-ID shows.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import Any

from sqlalchemy import select

from survey import clock
from survey.availability import passing
from survey.channels import CHANNELS
from survey.channels.base import Away, Never, Nobody, NotNow, NotSent, Parcel
from survey.extensions import db, reading
from survey.models import Message, Reason, State
from survey.outbox import limits
from survey.outbox.claiming import PAUSES, Held, claim, due, end, hold_back
from survey.outbox.parcels import Gone, parcel_of
from survey.outbox.recipients import Address, key_of

NOT_SET_UP = "not-set-up"

log = logging.getLogger(__name__)


def is_due() -> bool:
    """Whether a message waits whose time has come."""
    first = select(Message.id).where(Message.state == State.WAITING, due(clock.now())).limit(1)
    return db.session.scalar(first) is not None


def work_off() -> int:
    """Sends what is due. Returns how many left. Commits."""
    ready = [name for name, channel in CHANNELS.items() if channel.ready()]
    hold_back(ready, NOT_SET_UP)
    done = 0
    with ExitStack() as stack:
        for name in ready:
            stack.enter_context(CHANNELS[name].at_work())
        while ready and (held := claim(ready)) is not None:
            error = _tried(held)
            done += error is None
            if isinstance(error, Away):  # nothing else gets through there just now
                ready.remove(held.channel)
    return done


def _tried(held: Held) -> NotSent | None:
    """None when it has left, or need not leave. Nothing is locked while the letter travels."""
    try:
        parcel = _parcel(held)
    except Gone as gone:
        end(held, state=State.HELD, failure=gone.why, retry_at=None)
        return None
    except Exception as error:
        if passing(error):
            raise
        log.exception("message %s cannot be written", held.id)
        return _failed(held, None, Never(f"cannot be written ({type(error).__name__})"))
    try:
        CHANNELS[held.channel].send(parcel)
    except NotSent as error:
        return _failed(held, parcel, error)
    except Exception as error:
        if passing(error):
            raise
        log.exception("message %s could not be sent", held.id)
        return _failed(held, parcel, NotNow(type(error).__name__))
    db.session.rollback()  # a channel may have read its settings
    if not end(held, state=State.SENT, sent_at=clock.now(), retry_at=None, failure=None):
        log.warning("message %s was sent after its lease had ended", held.id)
    return None


def _parcel(held: Held) -> Parcel:
    with reading():
        try:
            return parcel_of(db.session.get_one(Message, held.id))
        finally:
            db.session.rollback()


def _failed(held: Held, parcel: Parcel | None, error: NotSent) -> NotSent:
    db.session.rollback()
    told = str(error)[:300]
    if isinstance(error, Nobody) and parcel is not None:
        there = Address(held.channel, parcel.address, parcel.locale)
        limits.stop(key_of(there), held.channel, Reason.BOUNCED, told)
    values: dict[str, Any] = {"failure": told}
    if isinstance(error, Never) or held.tries > len(PAUSES):
        log.warning("message %s is given up after %s tries: %s", held.id, held.tries, told)
        values |= {"state": State.DEAD, "retry_at": None}
    else:
        values["retry_at"] = clock.now() + PAUSES[held.tries - 1]
    end(held, **values)
    return error
