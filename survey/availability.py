"""Which errors mean "not now": the database or the disk cannot serve this moment, and the same request may do later."""

from __future__ import annotations

import errno
import logging
import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from survey.extensions import db

RETRY_SECONDS = 5

_FULL = (errno.ENOSPC, errno.EDQUOT)
# SQLite says "operational error" to a wrong statement too; that will be just as wrong in a moment
_PASSING = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip

log = logging.getLogger(__name__)


def passing(error: BaseException | None) -> bool:
    """Whether this is an outage rather than a mistake of the program."""
    if isinstance(error, DBAPIError):
        return _of_driver(error.orig)
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, PoolTimeout) or _of_driver(error)


def _of_driver(error: BaseException | None) -> bool:
    """The driver's own error: a connection that dies between two statements is told of without SQLAlchemy."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING
    driver: Any = db.engine.dialect.loaded_dbapi
    return isinstance(error, (driver.OperationalError, driver.InterfaceError, driver.InternalError))


def give_up(error: BaseException) -> None:
    """Ends the transaction, whatever is left of its connection."""
    reason = getattr(error, "orig", None) or error
    log.warning("not available: %s %s", type(reason).__name__, _code(reason))
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()


def _code(reason: BaseException) -> str:
    """What the database or the system calls it; its message may name people, passwords and hosts."""
    number = getattr(reason, "errno", None)
    named = errno.errorcode.get(number, "") if isinstance(number, int) else ""
    return named or str(getattr(reason, "sqlite_errorname", None) or getattr(reason, "sqlstate", None) or "")
