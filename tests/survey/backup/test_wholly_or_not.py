"""A restore happens wholly or not at all, both leave a trail, and none leaves copies lying about."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from survey import audit, jobs
from survey.backup import leftovers
from survey.backup.archive import pack, unpack, write_manifest
from survey.config import ROOT
from survey.extensions import db
from survey.models import AuditEntry, Response
from tests import factories
from tests.bench.migrating import content
from tests.survey.audit.chains import told
from tests.survey.backup.installations import fill, installation, run

_KILLED = """
import os, pathlib, sys
from survey import create_app
from survey.backup import postgresql, service, sqlite
from survey.config import read_settings
sqlite.save = postgresql.save = lambda file: (file.write_text("Mrs Quetzal"), os._exit(9))
settings = read_settings({"DATA_DIR": sys.argv[1], "SECRET_KEY": "k" * 40})
with create_app(settings).app_context():
    service.back_up(pathlib.Path(sys.argv[2]), settings)
"""


@pytest.mark.postgres
def test_a_restore_that_fails_half_way_changes_nothing(database: str, tmp_path: Path) -> None:
    """The backup holds a row that breaks a foreign key: PostgreSQL finds it after all rows were read."""
    if database.startswith("sqlite"):
        return
    file = tmp_path / "kept.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("DELETE FROM questionnaire"))
        assert run(app, "backup", file).exit_code == 0
        db.session.remove()
        before = content()
        refused = run(app, "restore", file, "--replace")
        assert refused.exit_code == 1
        assert "foreign key" in refused.output
        assert len(refused.output.strip().splitlines()) == 1, refused.output
        assert content() == before


def test_rows_that_are_not_those_of_the_manifest_change_nothing(database: str, tmp_path: Path) -> None:
    file, opened = tmp_path / "kept.afterword", tmp_path / "opened"
    opened.mkdir()
    with installation(tmp_path / "first", database) as app:
        fill(3)
        assert run(app, "backup", file).exit_code == 0
        manifest = unpack(file, opened)
        wrong = replace(manifest, rows={**manifest.rows, "response": 5})
        write_manifest(opened, wrong)
        pack(opened, wrong, file)
        factories.response(factories.link(), {"staff": 5})
        db.session.commit()
        before = content()
        refused = run(app, "restore", file, "--replace")
        assert refused.exit_code == 1
        assert "rows" in refused.output
        assert content() == before


def test_the_trail_tells_of_backups_and_of_what_a_restore_replaced(database: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.afterword"
    with installation(tmp_path / "first", database) as app:
        fill(3)
        assert run(app, "backup", file).exit_code == 0
        assert told()[-1] == ("exported", "backup")
        audit.record(audit.Deed.SAW, audit.Thing("comments"))
        db.session.commit()
        lost = audit.head()
        db.session.remove()
        assert run(app, "restore", file, "--replace").exit_code == 0
        assert told()[-2:] == [("exported", "backup"), ("restored", "backup")]
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert last is not None
        assert str(lost) in last.details
        assert isinstance(audit.verify(), audit.Head)


@pytest.mark.parametrize("by", ["the next backup", "the daily cleaning"])
def test_what_a_killed_backup_left_is_removed(tmp_path: Path, by: str) -> None:
    folder = tmp_path / "first"
    with installation(folder, f"sqlite:///{tmp_path / 'a.db'}") as app:
        fill(1)
        command = [sys.executable, "-c", _KILLED, str(folder), str(folder)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
        assert _searched(folder, b"Mrs Quetzal")
        if by == "the next backup":
            assert run(app, "backup", folder).exit_code == 0
        else:
            jobs.clean_traces()
        assert not _searched(folder, b"Mrs Quetzal")


def test_files_of_a_backup_that_is_being_made_are_left_alone(tmp_path: Path) -> None:
    with installation(tmp_path / "first", f"sqlite:///{tmp_path / 'a.db'}") as app:
        fill(1)
        with leftovers.work_folder(tmp_path / "first") as at_work:
            (at_work / "database").write_bytes(b"half")
            assert run(app, "backup", tmp_path / "first").exit_code == 0
            jobs.clean_traces()
            assert (at_work / "database").read_bytes() == b"half"
        assert not at_work.exists()


def test_uploads_that_waited_go_with_what_is_replaced(tmp_path: Path) -> None:
    file, imports = tmp_path / "kept.afterword", tmp_path / "first" / "imports"
    with installation(tmp_path / "first", f"sqlite:///{tmp_path / 'a.db'}") as app:
        fill(1)
        imports.mkdir(exist_ok=True)
        (imports / "one.upload").write_bytes(b"kept")
        assert run(app, "backup", file).exit_code == 0
        (imports / "two.upload").write_bytes(b"of today")
        assert run(app, "restore", file, "--replace").exit_code == 0
        assert db.session.query(Response).count() == 2
    assert [path.name for path in imports.iterdir()] == ["one.upload"]


def _searched(folder: Path, wanted: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and wanted in path.read_bytes()]
