"""Alembic's environment: the application's own engine and metadata."""

from __future__ import annotations

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from survey.extensions import db
from survey.models import guards
from survey.models.columns import Instant

extension = current_app.extensions["migrate"]


def named(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own column types by their names, so that a migration reads like a model."""
    if kind == "type" and isinstance(item, Instant):
        return "columns.Instant()"
    return "columns.Document" if kind == "type" and isinstance(item, JSON) else False


def run() -> None:
    if context.is_offline_mode():
        context.configure(url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    with db.engine.connect() as connection:
        arguments = {"compare_type": True, "render_as_batch": True} | extension.configure_args
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=named,
            **arguments,
        )
        if connection.dialect.name == "sqlite":
            # a table that is made anew takes its old name while triggers of others speak of it
            connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
        with context.begin_transaction():
            context.run_migrations()
            guards.restore(connection)
        connection.commit()


run()
