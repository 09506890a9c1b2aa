"""Storing a response, exactly once. What is not committed is not acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock, single
from survey.errors import Conflict, DomainError
from survey.extensions import db, reading
from survey.models import Invitation, Response
from survey.processing import invitation_tallies
from survey.processing.invitation_tallies import USED, Sending
from survey.respond import queries
from survey.respond.openings import Opening

LONGEST = 24 * 60 * 60  # seconds
COARSE = 5  # seconds; of anonymous responses only a rounded duration is kept

_TABLE, _INVITATION = cast(Table, Response.__table__), cast(Table, Invitation.__table__)
_INSERT = {
    dialect: insert(_TABLE).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_UNUSED = (
    update(_INVITATION)
    .where(_INVITATION.c.id == bindparam("invitation"), _INVITATION.c.used_at.is_(None))
    .returning(_INVITATION.c.made_on)
)
_SPEND = _UNUSED.values(used_at=bindparam("at"))
_SPEND_UNSEEN = _UNUSED.values(used_at=_INVITATION.c.created_at)  # not even the day may join it to an answer


class AlreadyAnswered(DomainError):
    """The invitation is spent, and which response it brought is not known to anybody."""

    status = 410
    message = _l("You have already answered. Thank you.")


class KeySpent(Conflict):
    """The form's key cannot store a response; a form with a new key can."""

    message = _l("Your answers could not be stored with this page. Please send them again.")


@dataclass(frozen=True, slots=True)
class Submission:
    opening: Opening
    version_id: int
    anonymous: bool
    idempotency_key: str
    receipt: str
    rendered_at: datetime
    channel: str
    locale: str
    answers: Mapping[str, Any]
    consented: bool | None
    consent_hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    code: str
    again: bool = False  # it was stored before
    changed: bool = False  # other answers were stored before with the same form


def submit(sent: Submission, timezone: str) -> Receipt:
    """Stores a response to an open link by one statement, committed when this returns. Raises KeySpent.

    What was stored before answers with the same receipt.
    """
    if single.store(_INSERT[db.engine.dialect.name], _row(sent, clock.now(), timezone)):
        return Receipt(sent.receipt)
    with reading(), db.engine.connect() as connection:
        return _receipt_given(connection, sent, KeySpent)


def submit_invited(connection: Connection, sent: Submission, invitation: uuid.UUID, timezone: str) -> Receipt:
    """Stores the response and spends the invitation; what was stored before answers with the same receipt.

    The caller commits. Raises AlreadyAnswered or KeySpent; the caller then rolls back.
    """
    now = clock.now()
    made_on = _spent(connection, invitation, None if sent.anonymous else now)
    if made_on is None:
        return _receipt_given(connection, sent, AlreadyAnswered)
    insert = _INSERT[connection.dialect.name]
    if connection.execute(insert, _row(sent, now, timezone)).rowcount != 1:
        return _receipt_given(connection, sent, KeySpent)
    opened = sent.opening
    under = opened.questionnaire_id, opened.channel, opened.service_type_id, made_on, opened.unit_id
    invitation_tallies.add(connection, {Sending(*under): USED})
    return Receipt(sent.receipt)


def _spent(connection: Connection, invitation: uuid.UUID, at: datetime | None) -> date | None:
    """Spends the invitation: the day it was made; None when it was spent before."""
    given: dict[str, Any] = {"invitation": invitation}
    done = connection.execute(_SPEND, given | {"at": at}) if at else connection.execute(_SPEND_UNSEEN, given)
    return done.scalar()


def midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone))


def _row(sent: Submission, now: datetime, timezone: str) -> dict[str, Any]:
    """Only what is known: each further value costs, and what is left out is NULL."""
    day = clock.day_of(now, timezone)
    row = {
        "id": uuid.uuid4(),
        "idempotency_key": sent.idempotency_key,
        "receipt": sent.receipt,
        "questionnaire_id": sent.opening.questionnaire_id,
        "version_id": sent.version_id,
        "unit_id": sent.opening.unit_id,
        "service_type_id": sent.opening.service_type_id,
        "channel": sent.channel,
        "locale": sent.locale,
        "link_id": sent.opening.link_id,
        "invitation_id": None if sent.anonymous else sent.opening.invitation_id,
        "answers": dict(sent.answers),
        "consented": sent.consented,
        "consent_hash": sent.consent_hash,
        "seconds": _duration(now, sent),
        "submitted_at": midnight(day, timezone) if sent.anonymous else now,
        "submitted_on": day,
        "attempts": 0,
    }
    return {name: value for name, value in row.items() if value is not None}


def _duration(now: datetime, sent: Submission) -> int | None:
    """Unknown when the clock was set back meanwhile."""
    seconds = int((now - sent.rendered_at).total_seconds())
    if seconds < 0:
        return None
    seconds = min(seconds, LONGEST)
    return round(seconds / COARSE) * COARSE if sent.anonymous else seconds


def _receipt_given(connection: Connection, sent: Submission, otherwise: type[DomainError]) -> Receipt:
    stored = queries.stored_before(connection, sent.idempotency_key, sent.receipt, sent.opening.invitation_id)
    if stored is None:
        raise otherwise
    return Receipt(stored.receipt, again=True, changed=stored.answers != sent.answers)
