"""Many rows into a table at once, past the ORM: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text

from survey.extensions import db


def load(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Values as the driver takes them: days and instants as text, ids as 32 hexadecimal digits."""
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 ours
        return
    with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def hurry() -> None:
    """For a database that is thrown away: nothing of this is the product's setting. Before anything is written."""
    if db.engine.dialect.name == "sqlite":
        db.session.remove()  # whatever was read before holds a lock
        with db.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
                driver.execute(f"PRAGMA {pragma}")


def settle() -> None:
    """What autovacuum does by itself within minutes of a bulk load; SQLite has nothing alike."""
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    db.session.remove()
    db.engine.dispose()
