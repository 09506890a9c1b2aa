"""Adding counts to the stored tallies: in the order of the key so that workers never deadlock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, text, update

from survey.extensions import db
from survey.models import Tally
from survey.processing.cuts import Cell

_COLUMNS = "series_id, grain, channel, locale, service_type_id, period_on, unit_id, value, count"
_MERGE = (
    "ON CONFLICT (series_id, grain, channel, locale, service_type_id, period_on, unit_id, value) "
    "DO UPDATE SET count = tally.count + excluded.count"
)
_SQLITE = f"INSERT INTO tally ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?) {_MERGE}"  # noqa: S608 constants only
_POSTGRESQL = text(
    f"INSERT INTO tally ({_COLUMNS}) SELECT * FROM unnest("  # noqa: S608 constants only
    "CAST(:c0 AS integer[]), CAST(:c1 AS text[]), CAST(:c2 AS text[]), CAST(:c3 AS text[]), CAST(:c4 AS integer[]), "
    f"CAST(:c5 AS date[]), CAST(:c6 AS integer[]), CAST(:c7 AS text[]), CAST(:c8 AS integer[])) {_MERGE}"
)


_TALLY = cast(Table, Tally.__table__)
_KEYS = [column.name for column in _TALLY.primary_key.columns]
_TAKE = (
    update(_TALLY)
    .where(*(_TALLY.c[name] == bindparam(f"this_{name}") for name in _KEYS))
    .values(count=_TALLY.c.count + bindparam("added"))
)
_EMPTY = delete(_TALLY).where(
    *(_TALLY.c[name] == bindparam(f"of_{name}") for name in _KEYS), _TALLY.c["count"] == 0
)


def add(counts: Mapping[Cell, int]) -> None:
    """Adds to the tallies inside the caller's transaction; what is negative is taken out of cells that are there.

    Where both happen, the first statement takes hold of all cells in their order, of those too that lose.
    """
    rows: list[tuple[Any, ...]] = [(*cell, count) for cell, count in sorted(counts.items()) if count]
    if any(row[-1] > 0 for row in rows):
        _put([(*row[:-1], max(row[-1], 0)) for row in rows])
    _take([row for row in rows if row[-1] < 0])


def remove_empty(cells: Iterable[Cell]) -> None:
    """Of these, what is down to nothing."""
    names = [f"of_{name}" for name in _KEYS]
    gone = [dict(zip(names, cell, strict=True)) for cell in sorted(cells)]
    if gone:
        db.session.connection().execute(_EMPTY, gone)


def _put(rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    connection: Connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE, [(*row[:5], row[5].isoformat(), *row[6:]) for row in rows])
    else:
        columns = zip(*rows, strict=True)
        connection.execute(_POSTGRESQL, {f"c{i}": list(column) for i, column in enumerate(columns)})


def _take(rows: Sequence[tuple[Any, ...]]) -> None:
    """Not merged like additions: a row that would be below nothing is refused even where it would only be added."""
    if rows:
        names = [*(f"this_{name}" for name in _KEYS), "added"]
        db.session.connection().execute(_TAKE, [dict(zip(names, row, strict=True)) for row in rows])
