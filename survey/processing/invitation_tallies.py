"""Counting personal invitations: when they are made and when they are used, in the same transaction.

Cells are written in the order of the key, last in their transaction: who waits for one holds no other that comes
after it, and nobody who holds one waits for anything else. So nobody deadlocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from sqlalchemy import Connection, func, select, text

from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Batch, Grain, Invitation
from survey.processing.cuts import period_start

_COLUMNS = "questionnaire_id, grain, channel, service_type_id, period_on, unit_id, sent, used"
_MERGE = (
    "ON CONFLICT (questionnaire_id, grain, channel, service_type_id, period_on, unit_id) "
    "DO UPDATE SET sent = invitation_tally.sent + excluded.sent, used = invitation_tally.used + excluded.used"
)
_SQLITE = f"INSERT INTO invitation_tally ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?) {_MERGE}"  # noqa: S608 constants only
_POSTGRESQL = text(
    f"INSERT INTO invitation_tally ({_COLUMNS}) SELECT * FROM unnest("  # noqa: S608 constants only
    "CAST(:c0 AS integer[]), CAST(:c1 AS text[]), CAST(:c2 AS text[]), CAST(:c3 AS integer[]), "
    f"CAST(:c4 AS date[]), CAST(:c5 AS integer[]), CAST(:c6 AS integer[]), CAST(:c7 AS integer[])) {_MERGE}"
)


class Cell(NamedTuple):
    """A counter's key, in the order of the table's primary key."""

    questionnaire_id: int
    grain: str
    channel: str
    service_type_id: int
    period_on: date
    unit_id: int


class Sending(NamedTuple):
    """What an invitation is counted under."""

    questionnaire_id: int
    channel: str
    service_type_id: int
    made_on: date
    unit_id: int


class Count(NamedTuple):
    sent: int
    used: int


USED = Count(0, 1)


def add(connection: Connection, counts: Mapping[Sending, Count]) -> None:
    """Inside the caller's transaction, as the last that it writes."""
    found = cells(counts.items())
    rows = [(*cell, *found[cell]) for cell in sorted(found)]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE, [(*row[:4], row[4].isoformat(), *row[5:]) for row in rows])
    else:
        columns = zip(*rows, strict=True)
        connection.execute(_POSTGRESQL, {f"c{i}": list(column) for i, column in enumerate(columns)})


def cells(counts: Iterable[tuple[Sending, Count]]) -> dict[Cell, Count]:
    """In every cut."""
    sent, used = Counter[Cell](), Counter[Cell]()
    for sending, count in counts:
        for cell in _cuts(sending):
            sent[cell] += count.sent
            used[cell] += count.used
    return {cell: Count(sent[cell], used[cell]) for cell in sent}


def _cuts(of: Sending) -> Iterator[Cell]:
    for grain, channel, service in product(
        (Grain.DAY, Grain.MONTH), (ANY, of.channel), (ANY_SERVICE, of.service_type_id)
    ):
        period = period_start(of.made_on, grain)
        yield Cell(of.questionnaire_id, grain.value, channel, service, period, of.unit_id)


def count(batch: Batch) -> int:
    """Counts a batch that was made in this transaction; how many invitations it has."""
    db.session.flush()
    found = counted(batch)
    add(db.session.connection(), found)
    return sum(each.sent for each in found.values())


def counted(batch: Batch | None = None) -> dict[Sending, Count]:
    """The invitations themselves, of one batch or of all."""
    key = (Invitation.questionnaire_id, Batch.channel, Invitation.service_type_id, Invitation.made_on,
           Invitation.unit_id)  # fmt: skip
    statement = (
        select(*key, func.count(), func.count(Invitation.used_at))
        .join(Batch, Batch.id == Invitation.batch_id)
        .group_by(*key)
    )
    if batch is not None:
        statement = statement.where(Invitation.batch_id == batch.id)
    return {Sending(*row[:5]): Count(*row[5:]) for row in db.session.execute(statement)}
