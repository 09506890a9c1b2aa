"""Writes messages. Whoever calls commits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.channels import IN_APP
from survey.extensions import db
from survey.models import Endpoint, Message, State, User
from survey.outbox import contents, registry
from survey.outbox.names import message_id
from survey.outbox.recipients import Address, Recipient, recipient

_TABLE = cast(Table, Message.__table__)
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put(
    cause: str,
    to: User | Endpoint | Address,
    template: str,
    fields: Mapping[str, Any],
    *,
    channels: Iterable[str] | None = None,
    at: datetime | None = None,
) -> int:
    """Writes a message for each channel of the recipient; returns how many. The caller commits.

    `cause` names what happened ("case:17:opened"): a second message to the same recipient by the same channel for it
    is not written. `fields` are exactly those of the template (else WrongFields), as JSON holds them.
    `channels`: of a user, in the place of those the user chose. `at`: not before this instant.
    """
    registry.named(template).check(fields)
    db.session.flush()
    whom = recipient(to, channels)
    now = clock.now()
    rows = [_row(cause, whom, channel, template, fields, now, at) for channel in whom.channels]
    if not rows:
        return 0
    connection = db.session.connection()
    insert: Any = _INSERT[connection.dialect.name]
    known = ["cause", "recipient", "channel"]
    statement = insert(_TABLE).values(rows).on_conflict_do_nothing(index_elements=known)
    return len(connection.execute(statement.returning(_TABLE.c.id)).all())


def _row(
    cause: str,
    whom: Recipient,
    channel: str,
    template: str,
    fields: Mapping[str, Any],
    now: datetime,
    at: datetime | None,
) -> dict[str, Any]:
    number = uuid.uuid4()
    there = channel == IN_APP and (at is None or at <= now)  # a notice is there when it is written
    return {
        "id": number,
        "cause": cause,
        "recipient": whom.key,
        "channel": channel,
        "user_id": whom.user_id,
        "endpoint_id": whom.endpoint_id,
        "template": template,
        "locale": whom.locale,
        "sealed": contents.sealed(contents.Contents(fields, whom.address), number),
        "message_id": message_id(number),
        "state": State.SENT if there else State.WAITING,
        "created_at": now,
        "retry_at": None if there else at or now,
        "tries": 0,
        "sent_at": now if there else None,
    }
