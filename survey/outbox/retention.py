"""Old messages: what they said and the address go, that there was one and what became of it stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from survey import clock
from survey.extensions import db
from survey.models import Message, State
from survey.outbox import rules

BATCH = 1000


def work_off() -> int:
    """A batch at a time. Commits."""
    done = 0
    while forgotten := forget_old():
        db.session.commit()
        done += forgotten
    db.session.rollback()
    return done


def forget_old(limit: int = BATCH) -> int:
    """Of messages that wait no more, also of those that were never sent. Returns how many; the caller commits."""
    before = clock.now() - timedelta(days=rules.current().kept_days)
    old = (
        select(Message.id)
        .where(Message.state != State.WAITING, Message.created_at < before, Message.sealed.is_not(None))
        .limit(limit)
    )
    mine = update(Message).where(Message.id.in_(old), Message.state != State.WAITING)
    done: Any = db.session.execute(mine.values(sealed=None), execution_options={"synchronize_session": False})
    return int(done.rowcount)
