"""The migrations make exactly what the models say, on each database, and keep every row."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from survey import create_app, jobs
from survey.extensions import db
from survey.migrating import downgrade, upgrade
from survey.models import searching
from survey.processing import recount
from tests import factories
from tests.bench.crowd import fill
from tests.bench.migrating import conditions, options, people_and_files, revisions, triggers, walk
from tests.conftest import settings_for


@pytest.fixture
def empty(database: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    app = create_app(settings_for(tmp_path, DATABASE_URL=database))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _named(name: str | None, _kind: str, _parents: object) -> bool:
    """All but the index of words, which no model knows: a table and its parts on SQLite."""
    return not (name or "").startswith(searching.NAME)


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _named})
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
    assert recount.count_what_is_new() == 6
    assert recount.count_what_is_new() == 0
    assert list(recount.verify()) == []


def test_undecided_comments_stay_out_of_the_figures_on_the_way_down(empty: object) -> None:
    upgrade()
    factories.bind()
    link = factories.link()
    for said in ("พยาบาลใจดีมาก", "ดีมาก", "N/A"):
        factories.response(link, {"staff": 5, "why": said})
    db.session.commit()
    assert jobs.process_waiting() == 3
    db.session.remove()
    downgrade(revision="0017")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT DISTINCT label FROM comment")).scalars().all() == [
            "no_content"
        ]
        counted = "SELECT DISTINCT count FROM tally WHERE value = 'no_content'"
        assert connection.execute(text(counted)).scalars().all() == [3]
    upgrade()
    assert list(recount.verify()) == []


def test_the_first_start_after_an_update_counts_pairs_of_stored_answers_once(empty: Flask) -> None:
    upgrade()
    factories.bind()
    factories.response(factories.link(), {"staff": 5})
    db.session.commit()
    assert jobs.process_waiting() == 1
    db.session.remove()
    downgrade(revision="0010")
    init = empty.test_cli_runner().invoke
    assert "counted once more" in init(args=["init"]).output
    assert list(recount.verify()) == []
    db.session.remove()
    assert "counted" not in init(args=["init"]).output


def test_the_migrations_make_the_conditions_and_options_of_the_models(empty: object) -> None:
    upgrade()
    migrated = conditions(), options(), triggers()
    downgrade(revision="base")
    db.create_all()
    assert migrated == (conditions(), options(), triggers())


def test_each_migration_down_and_up_again_changes_no_value_of_a_filled_database(empty: object) -> None:
    upgrade()
    factories.bind()
    fill(300, seed=1)
    people_and_files()
    before = triggers()
    found = walk()
    assert found.steps == 2 * (len(revisions()) - 2)
    assert found.compared > 100
    assert found.changed == []
    assert triggers() == before
    assert not list(recount.verify())


def test_a_released_database_with_rows_is_brought_up_to_date(empty: object) -> None:
    upgrade(revision="0002")
    columns = "INSERT INTO unit (code, kind, names, path, position, parent_id)"
    with db.engine.begin() as connection:
        connection.execute(text(f"{columns} VALUES ('a', 'department', '{{}}', '/1/', 0, NULL)"))
        connection.execute(text(f"{columns} SELECT 'b', 'department', '{{}}', '/1/2/', 0, id FROM unit"))
    upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(parent_id) FROM unit")).scalar() == 1


def test_making_a_table_anew_keeps_its_triggers_and_those_that_name_it(tmp_path: Path) -> None:
    with create_app(settings_for(tmp_path)).app_context():
        upgrade(revision="0006")
        _forbid_deleting("response", "questionnaire")
        upgrade(revision="0007")
        assert {"kept_response", "kept_questionnaire"} <= triggers()
        db.engine.dispose()


def _forbid_deleting(*tables: str) -> None:
    when = "SELECT RAISE(ABORT, 'no') WHERE EXISTS (SELECT 1 FROM response)"
    with db.engine.begin() as connection:
        for table in tables:
            named = f"CREATE TRIGGER kept_{table} BEFORE DELETE ON {table}"
            connection.execute(text(f"{named} BEGIN {when}; END"))
