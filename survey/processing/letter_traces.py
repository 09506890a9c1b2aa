"""What messages to customers keep when the answers go, or the consent: that something was sent and when, to nobody."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import and_, case, select, update

from survey.extensions import db
from survey.models import CaseLetter, Message, State

FORGOTTEN = "forgotten"


def mark(response_id: uuid.UUID) -> str:
    """Tells the customers of one case apart in what stays when the response is erased; says nothing then."""
    return hashlib.sha256(b"talk" + response_id.bytes).hexdigest()[:16]


def forget(ids: Sequence[uuid.UUID]) -> None:
    """Messages that wait are not sent any more; of those that were sent neither address nor text is left."""
    theirs = select(CaseLetter.message_id).where(CaseLetter.mark.in_([mark(one) for one in ids]))
    waits = Message.state == State.WAITING
    values = {
        "sealed": None,
        "recipient": FORGOTTEN,
        "retry_at": None,
        "failure": case((waits, FORGOTTEN), else_=Message.failure),
        "state": case((waits, State.HELD.value), else_=Message.state),
    }
    mine = update(Message).where(and_(Message.id.in_(theirs), Message.user_id.is_(None)))
    db.session.execute(mine.values(values), execution_options={"synchronize_session": False})
