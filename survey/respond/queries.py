"""Reading versions and stored responses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select

from survey.extensions import db, reading
from survey.models import Original, Response, Status, Version
from survey.processing import originals
from survey.questions.definition import Definition, definition_of
from survey.sealing import Unreadable

_RECEIPT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_VERSION, _RESPONSE = cast(Table, Version.__table__), cast(Table, Response.__table__)
_ORIGINAL = cast(Table, Original.__table__)
_STORED = select(_RESPONSE.c.receipt, _RESPONSE.c.answers, _RESPONSE.c.id, _ORIGINAL.c.sealed).outerjoin_from(
    _RESPONSE, _ORIGINAL
)


def one(statement: Select[Any], given: Mapping[str, Any] | None = None) -> Any:
    """One row or None, read without the weight of a session."""
    with reading(), db.engine.connect() as connection:
        return connection.execute(statement, given or {}).one_or_none()


@lru_cache(maxsize=256)
def definition(version_id: int, checksum: str) -> Definition:
    """Of a published version; the checksum makes a kept one always the right one."""
    return definition_of(db.session.get_one(Version, version_id))


def checksum_of(version_id: int, questionnaire_id: int) -> str | None:
    """Of a version, if it belongs to the questionnaire and was ever published."""
    row = one(
        select(_VERSION.c.checksum).where(
            _VERSION.c.id == version_id,
            _VERSION.c.questionnaire_id == questionnaire_id,
            _VERSION.c.status != Status.DRAFT,
        )
    )
    return row.checksum if row else None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a stored response without asking who gave it."""

    receipt: str
    answers: Mapping[str, Any]


def stored_before(
    connection: Connection, key: str, receipt: str, invitation_id: uuid.UUID | None
) -> Stored | None:
    """The response that the form with this key, and so with this receipt, or this invitation has brought already.

    Responses of anonymous questionnaires do not know their invitation; only the form finds them.
    """
    found = _stored(connection, (_RESPONSE.c.receipt == receipt) & (_RESPONSE.c.idempotency_key == key))
    if found is None and invitation_id is not None:
        found = _stored(connection, _RESPONSE.c.invitation_id == invitation_id)
    return found


def _stored(connection: Connection, condition: ColumnElement[bool]) -> Stored | None:
    row: Any = connection.execute(_STORED.where(condition)).one_or_none()
    return Stored(row.receipt, _as_given(row)) if row else None


def _as_given(row: Row[Any]) -> Mapping[str, Any]:
    try:
        return originals.opened(row.id, row.answers, row.sealed)
    except Unreadable:
        answers: Mapping[str, Any] = row.answers
        return answers


def by_receipt(receipt: str) -> Response | None:
    if not _RECEIPT.fullmatch(receipt):
        return None
    return db.session.scalar(select(Response).where(Response.receipt == receipt))
