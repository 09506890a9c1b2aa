"""Storing responses that came from a file: many at once, and none twice."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, select, text
from sqlalchemy.dialects.sqlite import insert

from survey.extensions import db
from survey.intake.places import Places
from survey.intake.rows import Draft
from survey.models import Response, Version
from survey.questions.definition import Definition, definition_of

_ARRAYS = {
    "id": "uuid",
    "idempotency_key": "text",
    "receipt": "text",
    "questionnaire_id": "integer",
    "version_id": "integer",
    "unit_id": "integer",
    "service_type_id": "integer",
    "channel": "text",
    "locale": "text",
    "answers": "jsonb",
    "tier": "text",
    "submitted_at": "timestamptz",
    "submitted_on": "date",
    "attempts": "integer",
}
_POSTGRESQL = text(
    f"INSERT INTO response ({', '.join(_ARRAYS)}) SELECT * FROM unnest("  # noqa: S608 constants only
    + ", ".join(f"CAST(:{name} AS {type_}[])" for name, type_ in _ARRAYS.items())
    + ") ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """The published version that imported responses answer."""

    questionnaire: str
    questionnaire_id: int
    version_id: int
    definition: Definition

    @classmethod
    def of(cls, version: Version) -> Edition:
        return cls(version.questionnaire.code, version.questionnaire_id, version.id, definition_of(version))


def idempotency_key(questionnaire: str, key: bytes) -> str:
    return f"import:{questionnaire}:{base64.urlsafe_b64encode(key).decode().rstrip('=')}"


def receipt_of(idempotency_key: str) -> str:
    """Sixteen letters and digits, always the same for one response."""
    return base64.b32encode(hashlib.blake2b(idempotency_key.encode(), digest_size=10).digest()).decode()


def values_of(key: str, draft: Draft, edition: Edition, places: Places, zone: ZoneInfo) -> dict[str, Any]:
    """The row to insert. Anonymous responses keep the day only."""
    at = draft.at
    if edition.definition.privacy.anonymous:
        at = datetime.combine(draft.day, time(), zone)
    return {
        "id": uuid.uuid4(),
        "idempotency_key": key,
        "receipt": receipt_of(key),
        "questionnaire_id": edition.questionnaire_id,
        "version_id": edition.version_id,
        "unit_id": places.units.ids[draft.unit],
        "service_type_id": places.service_types.ids[draft.service_type],
        "channel": draft.channel,
        "locale": draft.locale,
        "answers": draft.answers,
        "tier": None if edition.definition.privacy.anonymous else draft.tier,
        "submitted_at": at,
        "submitted_on": draft.day,
        "attempts": 0,
    }


def store(rows: list[dict[str, Any]]) -> int:
    """Stores those that are not there yet; how many these were. The caller commits."""
    if not rows:
        return 0
    if db.session.connection().dialect.name == "postgresql":
        return _store_in_arrays(rows)
    table: Any = Response.__table__
    statement = insert(table).on_conflict_do_nothing().returning(table.c.id)
    return len(db.session.execute(statement, rows).all())


def _store_in_arrays(rows: list[dict[str, Any]]) -> int:
    """One parameter a column: thousands of them cost the driver more than the database."""
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in _ARRAYS}
    columns["answers"] = [json.dumps(answers, ensure_ascii=False) for answers in columns["answers"]]
    done: CursorResult[Any] = db.session.connection().execute(_POSTGRESQL, columns)
    return done.rowcount


def already_stored(keys: Iterable[str]) -> int:
    statement = select(Response.id).where(Response.receipt.in_([receipt_of(key) for key in keys]))
    return len(db.session.execute(statement).all())


def asked(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to questions that were shown; conditions look only at earlier answers that were."""
    kept: dict[str, Any] = {}
    for question in definition.shown(kept):
        if question.code in answers:
            kept[question.code] = answers[question.code]
    return kept
