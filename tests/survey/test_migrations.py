"""The migrations make exactly what the models say, on each database."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from survey import create_app, jobs
from survey.extensions import db
from survey.processing import recount
from tests import factories
from tests.conftest import settings_for


@pytest.fixture
def empty(database: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    app = create_app(settings_for(tmp_path, DATABASE_URL=database))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def test_up_down_and_up_again_end_in_the_models_schema(empty: object) -> None:
    upgrade()
    assert _differences() == []
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert _differences() == []


def test_tallies_are_as_a_recount_says_after_going_down_and_up_again(empty: object) -> None:
    upgrade()
    factories.bind()
    for channel in ("web", "qr"):
        link = factories.link(channel=channel)
        for score in (1, 5, 5):
            factories.response(link, {"staff": score, "why": "The nurse was very kind."})
    db.session.commit()
    assert jobs.process_waiting() == 6
    db.session.remove()
    downgrade(revision="0002")
    upgrade()
    assert list(recount.verify()) == []
