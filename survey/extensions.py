"""The extensions, unbound; create_app() binds them. The database's durability is set here."""

from __future__ import annotations

import select
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mailman import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.model import Model
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, Pool, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class BaseModel(Model, Base):
        """What type checkers see of db.Model, which is made at run time."""

else:
    BaseModel = db.Model

csrf = CSRFProtect()
babel = Babel()
mail = Mail()
compress = Compress()
limiter = Limiter(key_func=get_remote_address)

# SQLite takes the write lock when a transaction begins, so that a read never has to be upgraded
# half-way (which fails at once, whatever the timeout). Requests that only read begin without it.
_begin: ContextVar[str] = ContextVar("sqlite_begin", default="BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside take no write lock on SQLite; nothing may be written in them."""
    with _beginning("BEGIN DEFERRED"):
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside may write, in a request that otherwise only reads."""
    with _beginning("BEGIN IMMEDIATE"):
        yield


@contextmanager
def one_moment() -> Iterator[None]:
    """One transaction that reads, for long, what the database was at its beginning. It hinders nobody who writes."""
    db.session.rollback()
    with reading():
        if db.engine.dialect.name != "sqlite":  # there every transaction sees one moment
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            db.session.connection(execution_options=options)
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def _beginning(statement: str) -> Iterator[None]:
    token = _begin.set(statement)
    try:
        yield
    finally:
        _begin.reset(token)


@contextmanager
def single_statements() -> Iterator[Connection]:
    """A connection on which every statement is a transaction of its own, durable when it returns.

    On SQLite the write lock is then held inside the statement only. A transaction of several steps holds it
    while its thread waits for the interpreter, and everybody else who writes sleeps meanwhile.
    """
    with _beginning(""), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with in_turn():
                yield connection
        else:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


_turn = threading.Lock()
PATIENCE = 1.0  # seconds


@contextmanager
def in_turn() -> Iterator[None]:
    """Threads of one process queue for SQLite's write lock here, where the next is woken at once.

    SQLite itself lets who comes in vain sleep longer and longer. The queue is a courtesy: who has waited
    long in it goes to SQLite, which judges by its own patience.
    """
    mine = _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _turn.release()


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        # pages ask short questions of many parts: starting parallel processes takes longer than answering
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.commit()
        return
    connection.isolation_level = None  # the "begin" event below opens transactions
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Pool, "checkout")
def _still_open(connection: Any, _record: Any, _proxy: Any) -> None:
    """Replaces a connection that PostgreSQL has closed meanwhile: asking it first would cost each request a
    round trip, and an idle connection has something to read only when the server has said good-bye."""
    if isinstance(connection, sqlite3.Connection):
        return
    if connection.closed:
        raise DisconnectionError
    if _readable(connection.fileno()):
        raise DisconnectionError


def _readable(descriptor: int) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([descriptor], [], [], 0)[0])
    waiting = select.poll()  # several times faster than a selector, and knows no highest number
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(0))


@event.listens_for(Engine, "begin")
def _open(connection: Connection) -> None:
    statement = _begin.get()
    if statement and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement)
