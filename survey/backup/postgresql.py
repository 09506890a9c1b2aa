"""PostgreSQL, by its own pg_dump, pg_restore and psql, from the snapshot in which the rows were counted."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, inspect, text

from survey.backup.archive import NOTHING, OTHER_ROWS, REVISIONS, Contents, Unusable
from survey.extensions import db
from survey.models import searching

PATIENCE = 60  # seconds for whoever still uses a table


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
    """By table; alike on each database. An index that SQLite keeps in tables is no content."""
    return {
        table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0  # noqa: S608
        for table in sorted(inspect(connection).get_table_names())
        if not table.startswith(searching.NAME)
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


def load(file: Path, rows: Mapping[str, int]) -> None:
    """All or nothing: one script in one transaction, which ends with counting what is there now."""
    program, folder = tool("pg_restore"), file.parent
    listed = _run(program, "--list", str(file)).splitlines()
    wanted = folder / "contents"  # the schema itself stays, only what is in it is made anew
    wanted.write_text("\n".join(line for line in listed if not re.search(r"; \d+ \d+ SCHEMA - ", line)))
    steps = [folder / name for name in ("drop.sql", "restore.sql", "check.sql")]
    how = ("--clean", "--if-exists", "--no-owner", "--no-privileges", f"--use-list={wanted}")
    _run(program, *how, f"--file={steps[1]}", str(file))
    with db.engine.connect() as connection:
        schema, tables = schema_of(connection), inspect(connection).get_table_names()
    db.engine.dispose()
    steps[0].write_text(_dropping(schema, tables))
    steps[2].write_text(_counting(schema, rows))
    _run(
        tool("psql"),
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        *(f"--file={step}" for step in steps),
        f"--dbname={_address(folder)}",
    )


def _dropping(schema: str, tables: Iterable[str]) -> str:
    """Those of a newer revision too, which the backup does not know."""
    drops = (f"DROP TABLE {_quoted(schema)}.{_quoted(table)} CASCADE;" for table in tables)
    return "\n".join(("SET client_min_messages = warning;", f"SET lock_timeout = '{PATIENCE}s';", *drops))


def _counting(schema: str, rows: Mapping[str, int]) -> str:
    wrong = " OR ".join(
        f"(SELECT count(*) FROM {_quoted(schema)}.{_quoted(table)}) <> {int(count)}"  # noqa: S608
        for table, count in rows.items()
    )
    return f"DO $check$ BEGIN IF {wrong} THEN RAISE EXCEPTION '{OTHER_ROWS}'; END IF; END $check$;"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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
        said = done.stderr.strip().splitlines() or ["no reason given"]
        reason = re.sub(r"^psql:\S+:\d+: ", "", said[0])
        raise Unusable(f"{Path(command[0]).name} failed: {reason}")
    return done.stdout
