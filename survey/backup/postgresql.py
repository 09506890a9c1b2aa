"""PostgreSQL, by its own pg_dump and pg_restore, from the snapshot in which the rows were counted."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, inspect, text

from survey.backup.archive import NOTHING, REVISIONS, Contents, Unusable
from survey.extensions import db


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unusable(f"PostgreSQL's program {name} was not found; install the package postgresql-client.")
    return found


def schema_of(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT current_schema()")))


def save(file: Path) -> Contents:
    """What one transaction sees, whatever others write meanwhile."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        if not inspect(connection).has_table(REVISIONS):
            raise Unusable(NOTHING)
        revision = str(connection.scalar(text(f"SELECT version_num FROM {REVISIONS}")))  # noqa: S608
        contents = Contents(revision, schema_of(connection), rows(connection))
        _dump(connection, contents.schema, file)
        return contents


def rows(connection: Connection) -> dict[str, int]:
    """By table; alike on each database."""
    return {
        table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0  # noqa: S608
        for table in sorted(inspect(connection).get_table_names())
    }


def _dump(connection: Connection, schema: str, file: Path) -> None:
    snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
    _run(
        tool("pg_dump"),
        "--format=custom",
        "--compress=0",  # the archive is compressed as a whole
        "--no-owner",
        "--no-privileges",
        f'--schema="{schema}"',
        f"--snapshot={snapshot}",
        f"--file={file}",
        f"--dbname={_address(file.parent)}",
    )


def load(file: Path) -> None:
    """All or nothing. The schema itself stays, only what is in it is made anew."""
    program = tool("pg_restore")
    listed = _run(program, "--list", str(file)).splitlines()
    wanted = file.with_name("contents")
    wanted.write_text("\n".join(line for line in listed if not re.search(r"; \d+ \d+ SCHEMA - ", line)))
    _drop_tables()
    _run(
        program,
        "--clean",
        "--if-exists",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--use-list={wanted}",
        f"--dbname={_address(file.parent)}",
        str(file),
    )


def _drop_tables() -> None:
    """Those of a newer revision too, which the backup does not know."""
    with db.engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
    db.engine.dispose()


def _address(folder: Path) -> str:
    """The connection's settings; the password goes by a file, where no list of processes shows it."""
    _, given = db.engine.dialect.create_connect_args(db.engine.url)
    given.pop("context", None)  # of the driver, not of the database
    password = given.pop("password", None)
    if password:
        file = folder / "password"
        file.touch(0o600)
        file.write_text("*:*:*:*:" + re.sub(r"([:\\])", r"\\\1", password) + "\n")
        given["passfile"] = str(file)
    return make_conninfo(**given)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise Unusable(f"{Path(command[0]).name} failed: {reason}")
    return done.stdout
