"""Alembic's environment: the application's own engine and metadata."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection

from survey.extensions import db
from survey.models import guards, searching
from survey.models.columns import Instant

extension = current_app.extensions["migrate"]


def named(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own column types by their names, so that a migration reads like a model."""
    if kind == "type" and isinstance(item, Instant):
        return "columns.Instant()"
    return "columns.Document" if kind == "type" and isinstance(item, JSON) else False


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew. Meanwhile nothing may be deleted with the old one, and triggers
    of other tables may speak of it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.driver_connection
    assert bare is not None
    for pragma in ("foreign_keys=OFF", "legacy_alter_table=ON"):
        bare.execute(f"PRAGMA {pragma}")
    try:
        with connection.begin():  # all revisions or none: a kill leaves no half of one
            yield
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows refer to rows that do not exist: {broken[:5]}")
    finally:
        for pragma in ("foreign_keys=ON", "legacy_alter_table=OFF"):
            bare.execute(f"PRAGMA {pragma}")


def run() -> None:
    if context.is_offline_mode():
        context.configure(url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    with db.engine.connect() as connection, unguarded(connection):
        arguments = {"compare_type": True, "render_as_batch": True} | extension.configure_args
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=named,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()
            guards.restore(connection)
            searching.restore(connection)


run()
