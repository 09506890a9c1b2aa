"""Adding counts to the stored tallies: in the order of the key so that workers never deadlock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, text, update

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


def add(counts: Mapping[Cell, int]) -> None:
    """Adds to the tallies inside the caller's transaction; what is negative is taken out of cells that are there."""
    rows: list[tuple[Any, ...]] = [(*cell, count) for cell, count in sorted(counts.items()) if count]
    _put([row for row in rows if row[-1] > 0])
    _take([row for row in rows if row[-1] < 0])


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
