"""Rows of a file that make no invitation, counted by unit, service type and reason."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from survey.distribute.events import Event, Key
from survey.extensions import db
from survey.models import Batch, Invitation, LeftOut, LeftOutFor

Rows = Counter[tuple[int, int, LeftOutFor]]  # by unit, service type and reason


def repeated(chunk: Iterable[Event], seen: set[int]) -> Rows:
    """Rows of a service that an earlier row names; `seen` has the hashes of all keys so far and takes these in."""
    found: Rows = Counter()
    for event in chunk:
        if hash(event.key) in seen:
            found[event.unit_id, event.service_type_id, LeftOutFor.TWICE] += 1
        seen.add(hash(event.key))
    return found


def invited(questionnaire_id: int, events: Mapping[Key, Event], ids: Mapping[Key, uuid.UUID]) -> Rows:
    """Events of these that have their invitation already."""
    there = set(
        db.session.scalars(
            select(Invitation.service_event_id).where(
                Invitation.questionnaire_id == questionnaire_id,
                Invitation.service_event_id.in_(list(ids.values())),
            )
        )
    )
    again = (event for key, event in events.items() if ids[key] in there)
    return Counter((event.unit_id, event.service_type_id, LeftOutFor.INVITED) for event in again)


def keep(batch: Batch, given: int, rows: Rows) -> None:
    batch.given = given
    db.session.add_all(
        LeftOut(batch_id=batch.id, unit_id=unit, service_type_id=service, reason=why, count=count)
        for (unit, service, why), count in sorted(rows.items())
    )
