"""Installations for backups to be made of and restored into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import Result
from flask import Flask

from survey import create_app, jobs
from survey.extensions import db
from survey.migrating import upgrade
from tests import factories
from tests.bench.migrating import people_and_files
from tests.conftest import settings_for


@contextmanager
def installation(folder: Path, database: str, **given: str) -> Iterator[Flask]:
    folder.mkdir(exist_ok=True)
    app = create_app(settings_for(folder, DATABASE_URL=database, **given))
    with app.app_context():
        factories.bind()
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def fill(responses: int = 12) -> None:
    upgrade()
    people_and_files()
    link = factories.link()
    for number in range(responses):
        factories.response(link, {"staff": number % 5 + 1, "why": f"Visit {number}: 护士很好 and kind."})
    db.session.commit()
    jobs.process_waiting()
    factories.response(link, {"staff": 5})  # waits for the worker
    db.session.commit()
