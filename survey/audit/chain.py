"""The chain: each entry's hash covers everything in it and the hash of the entry before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, text
from sqlalchemy.orm import Session

from survey import clock
from survey.audit.pending import Entry
from survey.cells import clean
from survey.extensions import db
from survey.models import AuditEntry
from survey.models.append_only import GENESIS

_LOCK = 0x41554449_54  # "AUDIT": appending is one at a time
_COLUMNS = AuditEntry.__table__.columns
_HASHED = tuple(column.name for column in _COLUMNS if column.name != "hash")
_AT_A_TIME = 1000  # rows in memory


@dataclass(frozen=True, slots=True)
class Head:
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which the chain does not hold."""

    number: int
    reason: str


def append(session: Session, entries: Iterable[Entry]) -> Head | None:
    """Writes the entries behind the last one. Called right before the commit: the lock is held until it."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = connection.execute(
        select(AuditEntry.number, AuditEntry.hash, AuditEntry.at).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    at = max(clock.now(), last.at) if last else clock.now()
    number, previous = (last.number, last.hash) if last else (0, GENESIS)
    rows, noted = [], set[str | None]()
    for entry in entries:
        if entry.once and (entry.once in noted or _noted(session, entry.once)):
            continue
        noted.add(entry.once)
        number += 1
        row = _row(entry) | {"number": number, "at": at, "previous": previous}
        previous = row["hash"] = digest(row)
        rows.append(row)
    for row in rows:
        connection.execute(insert(AuditEntry), row)
    return Head(number, previous) if rows else None


def _noted(session: Session, once: str) -> bool:
    return session.connection().scalar(select(AuditEntry.number).where(AuditEntry.once == once)) is not None


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "actor_kind": str(entry.actor.kind),
        "actor_id": entry.actor.id,
        "actor_name": clean(entry.actor.name)[:400],
        "deed": str(entry.deed),
        "thing_kind": clean(entry.thing.kind)[:24],
        "thing_id": clean(entry.thing.id)[:64],
        "thing_name": clean(entry.thing.name)[:400],
        "unit_id": entry.thing.unit_id,
        "details": canonical(entry.details),
        "once": entry.once,
    }


def canonical(value: Any) -> str:
    """JSON of which there is one spelling: sorted, without blanks, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else str(value)


def digest(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({name: row[name] for name in _HASHED}).encode()).hexdigest()


def head() -> Head:
    """The last entry: kept elsewhere, it tells later whether the end of the trail was cut off."""
    statement = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    found = db.session.execute(statement).first()
    return Head(found.number, found.hash) if found else Head(0, GENESIS)


def verify(expected: str | None = None) -> Head | Broken:
    """Walks the whole chain. `expected`: the hash of an entry that must be in it."""
    before, met = Head(0, GENESIS), expected in (None, GENESIS)
    statement = select(*_COLUMNS).order_by(AuditEntry.number).execution_options(yield_per=_AT_A_TIME)
    with db.session.execute(statement) as rows:
        for row in rows:
            wrong = _wrong(row, before)
            if wrong is not None:
                return wrong
            before = Head(row.number, row.hash)
            met = met or row.hash == expected
    return before if met else Broken(before.number + 1, "the expected entry is missing: the end was cut off")


def _wrong(row: Row[Any], before: Head) -> Broken | None:
    if row.number != before.number + 1:
        return Broken(min(row.number, before.number + 1), "an entry was removed, inserted or moved here")
    if row.previous != before.hash:
        return Broken(row.number, "does not continue the entry before: one of the two was replaced")
    if row.hash != digest(row._asdict()):
        return Broken(row.number, "was altered")
    return None
