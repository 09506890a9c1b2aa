"""Flask-Migrate's binding. Only commands load it: Alembic takes its time to import."""

from __future__ import annotations

import flask_migrate
from flask import Flask, current_app

from survey.config import ROOT
from survey.extensions import db

FOLDER = ROOT / "survey" / "migrations"


def bind(app: Flask) -> None:
    flask_migrate.Migrate(app, db, directory=str(FOLDER), render_as_batch=True)


def upgrade() -> None:
    """Creates or migrates the tables of the current application."""
    if "migrate" not in current_app.extensions:
        bind(current_app)
    flask_migrate.upgrade()
