"""What happens after a submission. READ FIRST.

    link or invitation -> respond.service.submit -> one transaction: Response -> receipt
    worker:  claim -> read -> record        (this file; jobs.py and `flask pipeline drain` call it)
    tallies -> results.queries -> analysis.statistics -> analysis.charts + wording -> page, export

`claim` leases waiting responses, so that several workers share them and a killed one loses nothing:
its lease runs out and another worker takes over. `read` is pure work outside any transaction; there the rules of
alerts judge what was written. `record` writes comments, topics, flags, tallies, joint tallies, alerts and cases and sets
`processed_at` in one transaction, only for responses that are still unprocessed: whatever runs twice counts once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, and_, or_, select, update

from survey import clock
from survey.alerts import judging, opening, raising
from survey.extensions import db
from survey.models import Response
from survey.processing import given, joint_tallies, labelled, reader, tallies
from survey.processing.cuts import together
from survey.processing.readings import (
    Reading,
    failed,
    finished,
    longest_pause,
    never_came_back,
    read_all,
    versions_of,
)
from survey.processing.words import heard

LEASE = timedelta(seconds=30)  # a batch takes a second or two
MOST_TRIES = 5
LONGEST_WAIT = max(LEASE, longest_pause(MOST_TRIES))
FEW = 20
FEW_AFTER, ALONE_AFTER = 2, 3  # tries
BATCH = 500

Waiting = Row[Any]  # the columns of a response


def waiting() -> ColumnElement[bool]:
    """Responses that still have to be processed, whether or not one may be tried at this moment."""
    return and_(Response.processed_at.is_(None), Response.failed_at.is_(None))


def claim(limit: int = BATCH) -> list[Waiting]:
    """Leases up to `limit` waiting responses to this worker. The caller commits.

    Whoever took a response twice and never came back may have died of it: then it is taken with few others, then
    alone, so that it cannot hold them up, and after the last try it is given up.
    """
    at = clock.now()
    due = waiting() & or_(Response.retry_at.is_(None), clock.over(Response.retry_at, at, LONGEST_WAIT))
    found = db.session.execute(
        select(Response.id, Response.attempts).where(due).limit(limit).with_for_update(skip_locked=True)
    ).all()
    lost = [row.id for row in found if row.attempts >= MOST_TRIES]
    fresh = [row.id for row in found if row.attempts < FEW_AFTER]
    again = [row.id for row in found if FEW_AFTER <= row.attempts < ALONE_AFTER]
    suspect = [row.id for row in found if ALONE_AFTER <= row.attempts < MOST_TRIES]
    if lost:
        never_came_back(lost, at)
    ids = fresh or again[:FEW] or suspect[:1]
    return _leased(ids, at) if ids else claim(limit) if lost else []


def _leased(ids: Sequence[uuid.UUID], at: datetime) -> list[Waiting]:
    reader.begin()
    leased = db.session.connection().execute(
        update(cast(Table, Response.__table__))
        .where(Response.id.in_(ids))
        .values(retry_at=at + LEASE, attempts=Response.attempts + 1)
        .returning(*Response.__table__.columns)
    )
    return list(leased.all())


def read(batch: Sequence[Waiting]) -> list[Reading]:
    """Sentiments, topics, flags and counts of each response; a response that cannot be read says why."""
    versions = versions_of(batch)
    readings = read_all(batch, versions, heard(batch, versions), reader.current())
    return judging.judged(batch, readings, versions)


def record(readings: Sequence[Reading]) -> int:
    """Makes the readings count, once. Returns how many did. The caller commits."""
    newest = {reading.response_id: reading for reading in readings}  # whoever was read twice counts once
    still = select(Response.id).where(Response.id.in_(list(newest)), waiting())
    mine = [newest[id_] for id_ in db.session.scalars(still.order_by(Response.id).with_for_update())]
    good = [reading for reading in mine if reading.problem is None]
    at = clock.now()
    failed([reading for reading in mine if reading.problem], at, MOST_TRIES)
    finished(good, at)
    tallies.add(together((reading.place, reading.counts) for reading in good))
    joint_tallies.add(good)
    labelled.stand_again([reading.response_id for reading in good])
    given.stand_again([reading.response_id for reading in good])
    opening.open_cases(raising.raise_alerts(good, at), at)
    return len(good)
