"""Who gets nothing more, and how many messages people without an account get at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.extensions import db
from survey.models import Message, MessageStop, Reason, State
from survey.outbox import rules
from survey.outbox.recipients import Address, key_of
from survey.outbox.registry import Template, every, named

WINDOW = timedelta(days=30)
TOO_MANY = "too-many"
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def reason_against(message: Message, address: str) -> str | None:
    """Why this message should not be sent, or None. `address` is empty for endpoints."""
    if not address:
        return None
    template = named(message.template)
    key = key_of(Address(message.channel, address, message.locale))
    found = db.session.get(MessageStop, (key, message.channel))
    if found is not None and (found.reason == Reason.BOUNCED or template.to_respondents):
        return found.reason
    most = _most(template)
    return TOO_MANY if most is not None and _sent(message) >= most else None


def _most(template: Template) -> int | None:
    """The stricter of what the template and the administrator say."""
    own = rules.current().most_a_month if template.to_respondents else None
    return min((one for one in (template.most_a_month, own) if one is not None), default=None)


def bounced(address: Address) -> bool:
    """Whether it was refused before."""
    found = db.session.get(MessageStop, (key_of(address), address.channel))
    return found is not None and found.reason == Reason.BOUNCED


def stop(recipient: str, channel: str, reason: Reason, told: str | None = None) -> None:
    """This recipient gets nothing more by this channel. The caller commits."""
    connection = db.session.connection()
    insert: Any = _INSERT[connection.dialect.name]
    values = {"reason": reason, "told": told, "at": clock.now()}
    row = insert(MessageStop).values(recipient=recipient, channel=channel, **values)
    if reason == Reason.BOUNCED:
        row = row.on_conflict_do_update(index_elements=["recipient", "channel"], set_=values)
    else:
        row = row.on_conflict_do_nothing()
    connection.execute(row)


def _sent(message: Message) -> int:
    limited = [template.name for template in every() if _most(template) is not None]
    statement = select(func.count()).where(
        Message.recipient == message.recipient,
        Message.channel == message.channel,
        Message.created_at >= clock.now() - WINDOW,
        Message.state == State.SENT,
        Message.template.in_(limited),
    )
    return db.session.scalar(statement) or 0
