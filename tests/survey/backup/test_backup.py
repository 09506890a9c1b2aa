"""A backup holds the whole installation, and nothing but a whole backup of ours is restored."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from survey import jobs
from survey.extensions import db
from survey.migrating import downgrade, upgrade
from survey.models import Response
from survey.processing import recount
from tests import factories
from tests.bench.migrating import Content, content
from tests.survey.backup.installations import fill, installation, run

KEY = "a key that only the first installation has"


def _elsewhere(database: str, folder: Path) -> str:
    """The address of an empty database like this one; the first is kept beside."""
    if database.startswith("sqlite"):
        return f"sqlite:///{folder / 'elsewhere.db'}"
    schema = make_url(database).query["options"].removeprefix("-csearch_path=")
    with db.engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
        for table in connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        ):
            connection.execute(text(f'DROP TABLE "{table[0]}" CASCADE'))
    return database


def _but_the_trail(found: Content) -> Content:
    """Who restores is noted, so the trail goes on."""
    return {column: checksum for column, checksum in found.items() if column[0] != "audit_entry"}


def test_everything_is_found_again_in_another_empty_installation(database: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    with installation(tmp_path / "first", database, SECRET_KEY=KEY) as app:
        fill()
        waiting = tmp_path / "first" / "imports" / "one.upload"
        waiting.parent.mkdir()
        waiting.write_bytes(b"date,score\n")
        made = run(app, "backup", kept)
        assert made.exit_code == 0, made.output
        before = content()
        db.session.remove()
        address = _elsewhere(database, tmp_path)
    (file,) = kept.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    with installation(tmp_path / "second", address) as app:
        restored = run(app, "restore", file)
        assert restored.exit_code == 0, restored.output
        assert _but_the_trail(content()) == _but_the_trail(before)
        assert list(recount.verify()) == []
        assert jobs.process_waiting() == 1
    assert (tmp_path / "second" / "secret_key").read_text() == KEY
    assert (tmp_path / "second" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "second" / "imports" / "one.upload").read_bytes() == b"date,score\n"
    assert not [path for path in (tmp_path / "second").iterdir() if path.name.startswith(".")]


def test_an_installation_that_is_not_empty_is_replaced_only_when_told(database: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        assert run(app, "backup", file).exit_code == 0
        link = factories.link(questionnaire=db.session.query(Response).first().version.questionnaire)
        factories.response(link, {"staff": 1})
        db.session.commit()
        before = content()
        refused = run(app, "restore", file)
        assert refused.exit_code == 1
        assert "not empty" in refused.output
        assert content() == before
        assert run(app, "restore", file, "--replace").exit_code == 0
        assert db.session.query(Response).count() == 4


def test_a_backup_of_an_older_revision_is_brought_up_to_date(database: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        db.session.remove()
        downgrade(revision="0002")
        assert run(app, "backup", file).exit_code == 0
        address = _elsewhere(database, tmp_path)
    with installation(tmp_path / "second", address) as app:
        upgrade()  # an empty installation of today, with tables that the backup does not know
        db.session.remove()
        restored = run(app, "restore", file)
        assert restored.exit_code == 0, restored.output
        assert db.session.query(Response).count() == 4
        assert list(recount.verify()) == []


def test_a_file_that_is_cut_off_or_altered_is_refused_with_one_line(database: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        assert run(app, "backup", file).exit_code == 0
        whole = file.read_bytes()
        before = content()
        middle = len(whole) // 2
        # one bit may say the same in other words to the compression; sixty-four bytes cannot
        altered = whole[:middle] + bytes(b ^ 255 for b in whole[middle : middle + 64]) + whole[middle + 64 :]
        for wrong in (b"", b"no backup at all", whole[:200], whole[:middle], whole[:-9], altered):
            file.write_bytes(wrong)
            refused = run(app, "restore", file, "--replace")
            assert refused.exit_code == 1
            assert len(refused.output.strip().splitlines()) == 1, refused.output
        assert content() == before


def test_a_file_with_other_content_under_a_right_name_is_refused(database: str, tmp_path: Path) -> None:
    file, forged = tmp_path / "kept.afterword", tmp_path / "forged.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        assert run(app, "backup", file).exit_code == 0
        for name in ("manifest.json", "database", "secret_key"):
            with tarfile.open(file) as old:
                old.extractall(tmp_path / "opened", filter="data")
            changed = tmp_path / "opened" / name
            changed.write_bytes(changed.read_bytes().replace(b"0", b"1", 1) + b" ")
            with tarfile.open(forged, "w:gz") as new:
                for member in ("manifest.json", "database", "secret_key"):
                    new.add(tmp_path / "opened" / member, member)
            assert "altered" in run(app, "restore", forged, "--replace").output
            changed.unlink()


@pytest.mark.postgres
def test_without_the_tools_of_postgresql_one_line_says_what_to_install(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.startswith("sqlite"):
        return
    with installation(tmp_path / "first", database) as app:
        fill(1)
        monkeypatch.setenv("PATH", str(tmp_path))
        refused = run(app, "backup", tmp_path / "kept.afterword")
        assert refused.exit_code == 1
        assert "postgresql-client" in refused.output
        assert not list(tmp_path.glob("*kept*"))


def test_an_empty_database_or_a_missing_folder_is_said_in_one_line(tmp_path: Path) -> None:
    with installation(tmp_path / "first", f"sqlite:///{tmp_path / 'a.db'}") as app:
        assert "nothing to back up" in run(app, "backup", tmp_path / "x").output
        upgrade()
        assert "No such file" in run(app, "backup", tmp_path / "missing" / "x").output
        assert run(app, "restore", tmp_path / "missing").exit_code == 2
