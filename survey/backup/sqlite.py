"""SQLite, by its online backup: one snapshot, while others go on writing; and back again in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from survey.backup.archive import NOTHING, OTHER_ROWS, REVISIONS, Contents, Unusable
from survey.extensions import db


def save(file: Path) -> Contents:
    """In a single step: in WAL mode a reader holds nobody up, and later writes are not in its snapshot."""
    with closing(_database()) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _check(copy)
        return _contents(copy)


def load(file: Path, rows: Mapping[str, int]) -> None:
    """Over whatever is there; who reads meanwhile sees all of the old or all of the new."""
    with closing(sqlite3.connect(file)) as source, closing(_database()) as target:
        _check(source)
        if _contents(source).rows != rows:
            raise Unusable(OTHER_ROWS)
        source.backup(target)


def _contents(copy: sqlite3.Connection) -> Contents:
    """Counted in the copy: the database itself has gone on."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [name for (name,) in copy.execute(named)]
    if REVISIONS not in tables:
        raise Unusable(NOTHING)
    rows = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
    return Contents(copy.execute(f"SELECT version_num FROM {REVISIONS}").fetchone()[0], "", rows)  # noqa: S608


def _database() -> sqlite3.Connection:
    return sqlite3.connect(db.engine.url.database or "", timeout=30)


def _check(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise Unusable(f"The database is damaged: {found}")
