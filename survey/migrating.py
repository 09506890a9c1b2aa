"""Flask-Migrate's binding. Only commands load it: Alembic takes its time to import."""

from __future__ import annotations

import flask_migrate
from flask import Flask, current_app

from survey.config import ROOT
from survey.extensions import db

FOLDER = ROOT / "survey" / "migrations"


def bind(app: Flask) -> None:
    flask_migrate.Migrate(app, db, directory=str(FOLDER), render_as_batch=True)


def upgrade(revision: str = "head") -> None:
    """Creates or migrates the tables of the current application."""
    _bound()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    _bound()
    flask_migrate.downgrade(revision=revision)


def _bound() -> None:
    if "migrate" not in current_app.extensions:
        bind(current_app)
