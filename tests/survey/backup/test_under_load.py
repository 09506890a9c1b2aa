"""A backup while people submit, restored elsewhere; and one by a role with a password, which nobody sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import OperationalError

from survey.config import read_settings
from survey.extensions import db
from survey.models import Response
from survey.processing import recount
from tests.bench.installation import POSTGRES
from tests.bench.torture import servers
from tests.bench.torture.backups import torture
from tests.survey.backup.installations import fill, installation, run

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
PASSWORD = "s3cret:of\\the @role/%41'"
RECORDER = """#!/bin/sh
printf '%s\\n' "$0 $*" >> {folder}/commands
env >> {folder}/environment
exec {program} "$@"
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_acknowledged_before_a_backup_began_is_in_it(engine: str) -> None:
    if engine == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    outcome = torture(engine, most=150, lead=1.0)
    assert outcome.before >= 10
    assert outcome.rate > 0  # they went on meanwhile
    assert outcome.refused == 0
    assert outcome.restored >= outcome.before
    assert outcome.counted.clean, outcome.counted


@pytest.fixture
def guarded() -> Iterator[str]:
    """The address of a server that lets a role in with its password only; without the database's name."""
    with servers.postgres() as server:
        admin = create_engine(
            server.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with admin.connect() as connection:
            written = connection.exec_driver_sql("SELECT quote_literal(%s)", (PASSWORD,)).scalar_one()
            connection.execute(text(f"CREATE ROLE keeper LOGIN PASSWORD {written}".replace(":", "\\:")))
            for name in ("first", "second"):
                connection.execute(text(f"CREATE DATABASE {name} OWNER keeper"))
            rules = Path(str(connection.scalar(text("SHOW hba_file"))))
            rules.write_text("host all afterword all trust\nhost all all all scram-sha-256\n")
            connection.execute(text("SELECT pg_reload_conf()"))
        admin.dispose()
        yield server.url.partition("@")[2].rpartition("/")[0]


def _recorded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's tools, each telling first how it was called."""
    for name in ("pg_dump", "pg_restore", "psql"):
        program = shutil.which(name)
        if program is None:
            pytest.skip(f"{name} is not installed")
        recorder = folder / name
        recorder.write_text(RECORDER.format(folder=folder, program=program))
        recorder.chmod(0o700)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


@pytest.mark.skipif(bool(servers.missing()), reason=servers.missing() or "none")
def test_a_password_in_the_address_opens_both_databases_and_stands_in_no_command(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    _recorded(tools, monkeypatch)
    role = f"postgresql://keeper:{quote(PASSWORD, safe='')}@{guarded}"
    with installation(tmp_path / "a", f"{role}/first") as first:
        fill()
        made = run(first, "backup", tmp_path / "a.afterword")
        assert made.exit_code == 0, made.output
    with installation(tmp_path / "b", f"{role}/second") as second:
        restored = run(second, "restore", tmp_path / "a.afterword")
        assert restored.exit_code == 0, restored.output
        assert db.session.scalar(select(func.count()).select_from(Response)) == 13
        assert list(recount.verify()) == []
    commands = (tools / "commands").read_text()
    assert all(f"/{name} " in commands for name in ("pg_dump", "pg_restore", "psql"))
    for told in (commands, (tools / "environment").read_text(), made.output, restored.output):
        assert not any(secret in told for secret in (PASSWORD, quote(PASSWORD, safe=""), "PGPASSWORD"))
    assert not list(tmp_path.rglob("password"))


@pytest.mark.skipif(bool(servers.missing()), reason=servers.missing() or "none")
def test_without_the_password_that_server_lets_nobody_in(guarded: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": f"postgresql://keeper:wrong@{guarded}/first", "DATA_DIR": str(tmp_path)}
    with pytest.raises(OperationalError, match="password authentication failed"):
        create_engine(read_settings(given).database_url).connect()
