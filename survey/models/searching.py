"""The index by which comments are searched: kept by the database itself from the column `words`, whoever writes it.

SQLite      a full-text table (FTS5) over `comment.words`, by triggers; it has no copy of its own of what it indexes
PostgreSQL  a GIN index on `comment.words`, which is a tsvector there

Neither is part of a model: SQLAlchemy knows no table like the first, and the second is for one database only.
"""

# ruff: noqa: S608 the statements are made of constants
from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Dialect, Text, TypeDecorator, event, inspect
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeEngine

from survey.extensions import Base

NAME = "comment_search"
RANDOM_BITS = 46  # of a place; the days above them
_EPOCH = date(1970, 1, 1).toordinal()

_GONE = f"INSERT INTO {NAME} ({NAME}, rowid, words) SELECT 'delete', OLD.place, OLD.words WHERE OLD.words IS NOT NULL;"
_COME = f"INSERT INTO {NAME} (rowid, words) SELECT NEW.place, NEW.words WHERE NEW.words IS NOT NULL;"
TRIGGERS = {
    "comment_said": f"AFTER INSERT ON comment BEGIN {_COME} END",
    "comment_gone": f"AFTER DELETE ON comment BEGIN {_GONE} END",
    "comment_said_anew": f"AFTER UPDATE OF words, place ON comment BEGIN {_GONE} {_COME} END",
}
_TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {NAME} USING fts5(words, content='comment', content_rowid='place', "
    "tokenize='ascii', columnsize=0)"
)


class Words(TypeDecorator[Sequence[str]]):
    """Tokens in their order. They are read by the index only: what comes back is the database's own form."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else stored(value, dialect.name)


def stored(tokens: Sequence[str], dialect: str) -> str:
    """As the column holds them; tokens have no quotation marks in them."""
    if dialect == "sqlite":
        return " ".join(tokens)
    return " ".join(f"'{token}':{place}" for place, token in enumerate(tokens, 1))


def place_on(day: date) -> int:
    """A new one: later days stand higher, within a day it is random, so that it tells no order of arrival."""
    return (day.toordinal() - _EPOCH) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)


def make(connection: Connection) -> None:
    """Where it is not there yet."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_TABLE)
        for name, does in TRIGGERS.items():
            connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS {name} {does}")
        return
    connection.exec_driver_sql("ALTER TABLE comment ALTER COLUMN words SET STATISTICS 0")
    connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {NAME} ON comment USING gin (words)")


def remove(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {NAME}")
        return
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {NAME}")


def restore(connection: Connection) -> None:
    """After a migration: makes it where the schema has come so far."""
    known = inspect(connection)
    if known.has_table("comment") and any(one["name"] == "words" for one in known.get_columns("comment")):
        make(connection)


def tidy(connection: Connection) -> None:
    """SQLite: what was removed leaves the index for good. PostgreSQL writes it anew with the table."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {NAME} ({NAME}) VALUES ('optimize')")


@event.listens_for(Base.metadata, "after_create")
def _with_the_tables(_metadata: Any, connection: Connection, **_given: Any) -> None:
    restore(connection)


@event.listens_for(Base.metadata, "before_drop")
def _before_the_tables(_metadata: Any, connection: Connection, **_given: Any) -> None:
    remove(connection)
