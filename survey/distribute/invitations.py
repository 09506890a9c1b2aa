"""Personal invitations: a file of service events is checked, then they are made in bulk."""

from __future__ import annotations

import secrets
import uuid
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Insert, func, select
from sqlalchemy.dialects import postgresql, sqlite

from survey import audit, clock
from survey.distribute import left_out
from survey.distribute.events import Event, Fault, Key, Known, read_events
from survey.extensions import db
from survey.models import Batch, Invitation, Questionnaire, ServiceEvent
from survey.processing import invitation_tallies

_CHUNK = 1000  # rows a statement; SQLite takes 32,766 parameters
_SHOWN_FAULTS, _SHOWN_EVENTS = 200, 5
T = TypeVar("T")
_KEY = (ServiceEvent.reference, ServiceEvent.unit_id, ServiceEvent.service_type_id, ServiceEvent.served_at)


@dataclass(slots=True)
class Check:
    """What a file would make."""

    new: int = 0
    there: int = 0
    faulty: int = 0  # rows
    faults: list[Fault] = field(default_factory=list)  # the first ones
    sample: list[Event] = field(default_factory=list)
    left_out: left_out.Rows = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Made:
    made: int
    there: int
    faulty: int


def check(content: bytes, known: Known, questionnaire: Questionnaire) -> Check:
    """Reads the whole file and writes nothing. Raises Invalid when it cannot be read."""
    found = Check()
    seen: set[int] = set()  # hashes of keys, for rows that repeat
    for chunk in chunks(_good(content, known, found)):
        keys = {event.key for event in chunk if hash(event.key) not in seen}
        seen.update(map(hash, keys))
        new = len(keys) - _count_invited(questionnaire, keys)
        found.new += new
        found.there += len(chunk) - new
        found.sample += chunk[: _SHOWN_EVENTS - len(found.sample)]
    return found


def _good(content: bytes, known: Known, found: Check) -> Iterator[Event]:
    for row in read_events(content, known):
        if isinstance(row, Event):
            yield row
            continue
        found.faulty += 1
        found.faults += row.faults[: max(0, _SHOWN_FAULTS - len(found.faults))]
        found.left_out[row.unit_id, row.service_type_id, row.why] += 1


def _count_invited(questionnaire: Questionnaire, keys: Set[Key]) -> int:
    ids = list(_ids(keys).values())
    if not ids:
        return 0
    statement = select(func.count()).where(
        Invitation.questionnaire_id == questionnaire.id, Invitation.service_event_id.in_(ids)
    )
    return db.session.scalar(statement) or 0


def _ids(keys: Set[Key]) -> dict[Key, uuid.UUID]:
    """Of the stored events with these keys. Read by reference and time: lists of whole keys are slow to plan."""
    if not keys:
        return {}
    times = [served_at for *_, served_at in keys]
    rows = db.session.execute(
        select(ServiceEvent.id, *_KEY).where(
            ServiceEvent.reference.in_({reference for reference, *_ in keys}),
            ServiceEvent.served_at.between(min(times), max(times)),
        )
    )
    found = (((row[1], row[2], row[3], row[4]), row[0]) for row in rows)
    return {key: number for key, number in found if key in keys}


def make(content: bytes, known: Known, batch: Batch) -> Made:
    """An invitation for each good row's event that has none yet for this questionnaire; bad rows are left out.

    Nobody holds a link before `issuing.issue`: until then the stored hash is of nothing.
    """
    db.session.add(batch)
    db.session.flush()
    made_on = clock.day_of(batch.created_at, known.timezone)
    found = Check()
    read, seen = 0, set[int]()
    for chunk in chunks(_good(content, known, found)):
        read += len(chunk)
        events = {event.key: event for event in chunk if hash(event.key) not in seen}
        found.left_out += left_out.repeated(chunk, seen)
        if events:
            ids = _stored(events)
            found.left_out += left_out.invited(batch.questionnaire_id, events, ids)
            _invite(batch, events, ids, made_on)
    made = invitation_tallies.count(batch)
    left_out.keep(batch, read + found.faulty, found.left_out)
    audit.record(audit.Deed.CREATED, batch, {"invitations": made})
    return Made(made, read - made, found.faulty)


def _stored(events: dict[Key, Event]) -> dict[Key, uuid.UUID]:
    """The id of each event's row; rows that are lacking are written."""
    rows = [
        {
            "id": uuid.uuid4(),
            "reference": event.reference,
            "unit_id": event.unit_id,
            "service_type_id": event.service_type_id,
            "served_at": event.served_at,
            "locale": event.locale,
            "tier": event.tier,
        }
        for event in events.values()
    ]
    db.session.execute(_insert_new(ServiceEvent), rows)
    return _ids(events.keys())


def _invite(batch: Batch, events: dict[Key, Event], ids: dict[Key, uuid.UUID], made_on: date) -> None:
    rows = [
        {
            "id": uuid.uuid4(),
            "token_hash": secrets.token_hex(32),
            "batch_id": batch.id,
            "questionnaire_id": batch.questionnaire_id,
            "service_event_id": ids[key],
            "unit_id": event.unit_id,
            "service_type_id": event.service_type_id,
            "created_at": batch.created_at,
            "made_on": made_on,
            "expires_at": batch.expires_at,
        }
        for key, event in events.items()
    ]
    db.session.execute(_insert_new(Invitation), rows)


def _insert_new(model: Any) -> Any:
    """An INSERT that passes over rows that are there already."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[db.session.get_bind().dialect.name]
    statement: Insert = dialect.insert(model.__table__).on_conflict_do_nothing()
    return statement


def chunks(items: Iterator[T]) -> Iterator[list[T]]:
    """As many as one statement takes."""
    while chunk := list(islice(items, _CHUNK)):
        yield chunk
