"""Alembic's environment: the application's own engine and metadata."""

from __future__ import annotations

from alembic import context
from flask import current_app

from survey.extensions import db

extension = current_app.extensions["migrate"]


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
            user_module_prefix="columns.",
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
