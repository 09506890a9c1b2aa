"""Adding to the stored joint tallies, inside the caller's transaction.

Rows are made and locked in the order of the key, in one statement: whoever adds to the same cells waits, and workers
never deadlock. They come after the tallies, for everybody. What was never counted (`pending`) is left alone: after an
update all stored responses are counted at once, see processing/joint_recount.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, tuple_, update
from sqlalchemy.dialects import sqlite

from analysis.statistics.burt import Burt, packed, unpacked
from survey.extensions import db
from survey.models import JointTally, KeptJoint, Upkeep
from survey.processing.joint_cells import Counting, JointCell, counted_jointly, with_sums
from survey.processing.joint_layout import layouts_of

PENDING = "joint"  # the name of the upkeep that a migration leaves to do
MANY = 2000  # cells in one question to SQLite, which allows some 32,000 values

Model = type[JointTally] | type[KeptJoint]

_LOCK = (
    "INSERT INTO {0} (version_id, service_type_id, month_on, unit_id, responses, counts) SELECT *, 0, '' FROM unnest("
    "CAST(:c0 AS integer[]), CAST(:c1 AS integer[]), CAST(:c2 AS date[]), CAST(:c3 AS integer[])) "
    "ON CONFLICT (version_id, service_type_id, month_on, unit_id) DO UPDATE SET responses = {0}.responses "
    "RETURNING version_id, service_type_id, month_on, unit_id, responses, counts"
)
_KEYS = JointCell._fields


def pending() -> bool:
    """Whether stored responses still have to be counted jointly, once, after an update; waits for whoever is at it."""
    row = select(Upkeep.name).where(Upkeep.name == PENDING).with_for_update(read=True)
    return db.session.scalar(row) is not None


def add(found: Iterable[Counting]) -> None:
    if not pending():
        put(JointTally, with_sums(counted_jointly(found)))


def take(found: Iterable[Counting]) -> None:
    """What these had added. ValueError where it was never there."""
    if not pending():
        _change(JointTally, with_sums(counted_jointly(found)), -1)


def keep(found: Iterable[Counting]) -> None:
    """Counts that outlive their responses."""
    put(KeptJoint, counted_jointly(found))


def put(model: Model, added: Mapping[JointCell, Burt]) -> None:
    _change(model, added, 1)


def _change(model: Model, changes: Mapping[JointCell, Burt], sign: int) -> None:
    if not changes:
        return
    stored = _locked(model, sorted(changes))
    layouts = layouts_of(cell.version_id for cell in changes)
    left: dict[JointCell, Burt] = {}
    for cell, change in changes.items():
        before = unpacked(stored[cell][1], stored[cell][0], layouts[cell.version_id].shape)
        left[cell] = before + change if sign > 0 else before - change
    _write(model, {cell: counts for cell, counts in left.items() if counts.persons})
    _remove(model, [cell for cell, counts in left.items() if not counts.persons])


def _locked(model: Model, cells: Sequence[JointCell]) -> dict[JointCell, tuple[int, bytes]]:
    """Responses and counts of each cell, none where there was no row; nobody else changes them now."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        columns = {f"c{number}": list(column) for number, column in enumerate(zip(*cells, strict=True))}
        rows = connection.execute(text(_LOCK.format(model.__tablename__)), columns).all()
    else:  # the transaction holds the only lock there is
        table: Any = model.__table__
        connection.execute(
            sqlite.insert(table).on_conflict_do_nothing(),
            [{**cell._asdict(), "responses": 0, "counts": b""} for cell in cells],
        )
        key = tuple_(*(table.c[name] for name in _KEYS))
        pieces = [cells[start : start + MANY] for start in range(0, len(cells), MANY)]
        rows = [row for piece in pieces for row in connection.execute(select(table).where(key.in_(piece)))]
    return {JointCell(*row[:4]): (row[4], bytes(row[5])) for row in rows}


def _this(model: Model) -> list[Any]:
    return [model.__table__.c[name] == bindparam(f"this_{name}") for name in _KEYS]


def _named(cell: JointCell) -> dict[str, Any]:
    return {f"this_{name}": value for name, value in cell._asdict().items()}


def _write(model: Model, found: Mapping[JointCell, Burt]) -> None:
    table: Any = model.__table__
    change = update(table).where(*_this(model))
    rows = [{**_named(cell), "n": of.persons, "made": packed(of)} for cell, of in found.items()]
    if rows:
        change = change.values(responses=bindparam("n"), counts=bindparam("made"))
        db.session.connection().execute(change, rows)


def _remove(model: Model, cells: Sequence[JointCell]) -> None:
    table: Any = model.__table__
    if cells:
        db.session.connection().execute(delete(table).where(*_this(model)), [_named(cell) for cell in cells])


def fill(model: Model, found: Mapping[JointCell, Burt]) -> None:
    """Into cells of which nothing is stored."""
    rows = [
        {**cell._asdict(), "responses": counts.persons, "counts": packed(counts)}
        for cell, counts in found.items()
    ]
    if rows:
        db.session.connection().execute(insert(model), rows)
