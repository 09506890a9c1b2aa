"""Storing a response, exactly once. The caller commits; until then nothing is acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import CursorResult, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.errors import Conflict, DomainError
from survey.extensions import db
from survey.models import Invitation, Response
from survey.respond import queries

LONGEST = 24 * 60 * 60  # seconds
COARSE = 5  # seconds; of anonymous responses only a rounded duration is kept

_TABLE = cast(Table, Response.__table__)
_INSERT = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}
_SPEND = (
    update(cast(Table, Invitation.__table__))
    .where(Invitation.id == bindparam("invitation"), Invitation.used_at.is_(None))
    .values(used_at=bindparam("at"))
)


class AlreadyAnswered(DomainError):
    """The invitation is spent, and which response it brought is not known to anybody."""

    status = 410
    message = _l("You have already answered. Thank you.")


class KeySpent(Conflict):
    """The form's key cannot store a response; a form with a new key can."""

    message = _l("Your answers could not be stored with this page. Please send them again.")


@dataclass(frozen=True, slots=True)
class Submission:
    opening: queries.Opening
    version_id: int
    anonymous: bool
    idempotency_key: str
    receipt: str
    rendered_at: datetime
    channel: str
    locale: str
    answers: Mapping[str, Any]
    consented: bool | None


@dataclass(frozen=True, slots=True)
class Receipt:
    code: str
    changed: bool = False  # other answers were stored before with the same form


def submit(sent: Submission, timezone: str) -> Receipt:
    """Stores the response and spends the invitation; what was stored before answers with the same receipt.

    Raises AlreadyAnswered or KeySpent; the caller then rolls back.
    """
    now = clock.now()
    day = clock.day_of(now, timezone)
    at = midnight(day, timezone) if sent.anonymous else now
    if sent.opening.invitation_id and not _spend(sent.opening.invitation_id, at):
        return _stored_before(sent, AlreadyAnswered)
    if not _insert(_row(sent, now, at, day)):
        return _stored_before(sent, KeySpent)
    return Receipt(sent.receipt)


def midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone))


def _spend(invitation_id: uuid.UUID, at: datetime) -> bool:
    """True for exactly one of all who try."""
    done = db.session.connection().execute(_SPEND, {"invitation": invitation_id, "at": at})
    return done.rowcount == 1


def _insert(row: dict[str, Any]) -> bool:
    connection = db.session.connection()
    done: CursorResult[Any] = connection.execute(_INSERT[connection.dialect.name], row)
    return done.rowcount == 1


def _row(sent: Submission, now: datetime, at: datetime, day: date) -> dict[str, Any]:
    seconds = min(max(int((now - sent.rendered_at).total_seconds()), 0), LONGEST)
    return {
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
        "seconds": round(seconds / COARSE) * COARSE if sent.anonymous else seconds,
        "submitted_at": at,
        "submitted_on": day,
    }


def _stored_before(sent: Submission, otherwise: type[DomainError]) -> Receipt:
    stored = queries.stored_for_key(sent.idempotency_key)
    stored = stored or queries.stored_for_invitation(sent.opening.invitation_id)
    if stored:
        return Receipt(stored.receipt, changed=stored.answers != sent.answers)
    raise otherwise
