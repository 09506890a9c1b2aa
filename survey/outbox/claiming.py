"""Which messages may be tried now, leased to one worker at a time. Commits."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, or_, select, update

from survey import clock
from survey.extensions import db
from survey.models import Message, State

LEASE = timedelta(seconds=45)  # twice what one sending may take; the worker looks every ten seconds
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440))  # 52 hours in all
LONGEST = max(PAUSES)


@dataclass(frozen=True, slots=True)
class Held:
    """A message in this worker's hands until `until`."""

    id: uuid.UUID
    channel: str
    tries: int  # this one included
    until: datetime


def due(now: datetime) -> ColumnElement[bool]:
    """Of a waiting message: its time has come. The first try may be set for a day far ahead."""
    column: Any = Message.retry_at
    return or_(column <= now, and_(Message.tries > 0, clock.over(column, now, LONGEST)))


def claim(channels: Collection[str]) -> Held | None:
    """The message that waits longest among those of these channels."""
    now = clock.now()
    message = db.session.scalar(
        select(Message)
        .where(Message.state == State.WAITING, Message.channel.in_(channels), due(now))
        .order_by(Message.retry_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Message)
    )
    if message is None:
        db.session.rollback()
        return None
    message.tries += 1
    message.retry_at = until = now + LEASE
    held = Held(message.id, message.channel, message.tries, until)
    db.session.commit()
    return held


def end(held: Held, **values: Any) -> bool:
    """What became of it; only while it is still this worker's."""
    mine = update(Message).where(
        Message.id == held.id, Message.state == State.WAITING, Message.retry_at == held.until
    )
    return _changed(mine.values(**values)) == 1


def hold_back(channels: Collection[str], failure: str) -> int:
    """Due messages of channels that are not set up here: an administrator sends them when they are."""
    due = update(Message).where(
        Message.state == State.WAITING, Message.channel.not_in(channels), Message.retry_at <= clock.now()
    )
    values = {"state": State.HELD, "failure": failure, "retry_at": None}
    return _changed(due.values(values))


def _changed(statement: Update) -> int:
    found: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()
    return int(found.rowcount)
