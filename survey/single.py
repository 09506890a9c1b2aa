"""One row, stored by one statement that is a transaction of its own: committed and durable when it returns.

What SQLAlchemy's connection does around each statement (a transaction to begin and to end, an isolation level to set
and to set back, parameters named anew) took twice the time of the statement itself. So the statement is compiled once
and handed to the driver; pool, types and errors stay SQLAlchemy's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Insert, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from survey.extensions import db, in_turn

Given = Callable[[Mapping[str, Any]], Any]  # a row's values as the driver takes them


def store(insert: Insert, row: Mapping[str, Any]) -> bool:
    """Whether the row was stored; the same columns each time. Raises what an engine's connection would raise."""
    engine = db.engine
    statement, given = _compiled(insert, engine.dialect, tuple(row))
    try:
        with _connected(engine.raw_connection()) as driver:
            return bool(driver.execute(statement, given(row)).rowcount == 1)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            statement, None, error, engine.dialect.loaded_dbapi.Error, True, dialect=engine.dialect
        ) from error


@contextmanager
def _connected(connection: PoolProxiedConnection) -> Iterator[Any]:
    """The driver's connection, on which each statement is a transaction."""
    driver: Any = connection.driver_connection
    try:
        if isinstance(driver, sqlite3.Connection):  # which is so always, see extensions
            with in_turn():
                yield driver
            return
        driver.autocommit = True
        try:
            yield driver
        finally:
            if driver.info.transaction_status.name == "IDLE":
                driver.autocommit = False
            else:  # it ended, or was left in the middle of an answer
                connection.invalidate()
    finally:
        connection.close()


@lru_cache(maxsize=8)
def _compiled(insert: Insert, dialect: Dialect, columns: tuple[str, ...]) -> tuple[str, Given]:
    compiled = insert.inline().compile(dialect=dialect, column_keys=list(columns))
    if not isinstance(compiled, SQLCompiler) or set(compiled.binds) != set(columns):
        raise ValueError("a column has a default of its own, which would not be made here")
    ways = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    order = [(name, ways[name]) for name in compiled.positiontup or columns]
    if compiled.positional:
        return compiled.string, lambda row: [way(row[name]) if way else row[name] for name, way in order]
    return compiled.string, lambda row: {name: way(row[name]) if way else row[name] for name, way in order}
