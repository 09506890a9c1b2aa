"""Adding counts to the stored tallies: one statement, in the order of the key so that workers never deadlock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from survey.extensions import db
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


def add(counts: Mapping[Cell, int]) -> None:
    """Adds to the tallies inside the caller's transaction."""
    rows: list[tuple[Any, ...]] = [(*cell, count) for cell, count in sorted(counts.items()) if count]
    if not rows:
        return
    connection: Connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE, [(*row[:5], row[5].isoformat(), *row[6:]) for row in rows])
    else:
        columns = zip(*rows, strict=True)
        connection.execute(_POSTGRESQL, {f"c{i}": list(column) for i, column in enumerate(columns)})
