"""Every migration down and up again with rows inside; no value may change."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from survey import clock
from survey.extensions import db, reading
from survey.migrating import FOLDER, downgrade, upgrade
from survey.models import ImportRun, Phase, Upload
from survey.models.searching import NAME
from survey.processing import recount
from tests import factories
from tests.bench.crowd import fill
from tests.bench.installation import installation
from tests.bench.table import Figure

LOWEST = "0002"  # what was released: below it, tables are removed with their rows

DERIVED = ("tally", "joint_tally", "invitation_tally")  # made anew where they change; the same in the end
REREAD = {
    "tally": "value NOT LIKE 'about:%' AND value NOT LIKE 'with:%'"
}  # topics come back when comments are read anew
TO_DO = ("upkeep",)  # what a migration has left to be done after it

Content = dict[tuple[str, str], str]  # checksum of each column


def revisions() -> list[str]:
    """From the oldest to the newest."""
    script = ScriptDirectory(os.fspath(FOLDER))
    return [one.revision for one in script.walk_revisions()][::-1]


def conditions() -> dict[str, dict[str, str]]:
    """The CHECK constraints of each table, by name."""
    with db.engine.connect() as connection:
        found = inspect(connection)
        return {
            table: {str(check["name"]): check["sqltext"] for check in found.get_check_constraints(table)}
            for table in sorted(found.get_table_names())
            if table != "alembic_version"
        }


def options() -> dict[str, Any]:
    """WITHOUT ROWID and the like."""
    with db.engine.connect() as connection:
        found = inspect(connection)
        return {name: found.get_table_options(name) for name in found.get_table_names()} | {
            "alembic_version": {}
        }


def triggers() -> set[str]:
    """By name; those that the foreign keys of PostgreSQL are made of do not count."""
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgresql = "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE trigger_schema = current_schema()"
    with db.engine.connect() as connection:
        statement = sqlite if connection.dialect.name == "sqlite" else postgresql
        return set(connection.execute(text(statement)).scalars())


def content(*without: str) -> Content:
    """A checksum of each column of each table but those named, its rows in the order of the primary key."""
    found: Content = {}
    with reading(), db.engine.connect() as connection:
        tables = inspect(connection)
        for table in tables.get_table_names():
            if table not in ("alembic_version", *without) and not table.startswith(NAME):
                names = [column["name"] for column in tables.get_columns(table)]
                key = tables.get_pk_constraint(table)["constrained_columns"]
                found |= _columns(connection, table, names, key)
    return found


def _columns(connection: Any, table: str, names: list[str], key: list[str]) -> Content:
    hashes = [hashlib.sha256() for _name in names]
    said = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(f'"{name}"' for name in key)
    rows = connection.execution_options(stream_results=True, max_row_buffer=2000).execute(
        text(f'SELECT {said} FROM "{table}" WHERE {REREAD.get(table, "TRUE")} ORDER BY {order}')
    )
    for row in rows:
        for one, value in zip(hashes, row, strict=True):
            one.update(repr(value).encode())
            one.update(b"\n")
    return {(table, name): one.hexdigest() for name, one in zip(names, hashes, strict=True)}


@dataclass
class Walk:
    """`changed` are columns whose values a step has altered though it kept the column."""

    steps: int
    compared: int
    changed: list[str]


def walk() -> Walk:
    """From the newest revision down to LOWEST and up again, one step at a time."""
    path = revisions()
    path = path[path.index(LOWEST) :]
    stations = path[-2::-1] + path[1:]
    first = before = content()
    changed, compared = [], 0
    made_anew = DERIVED + TO_DO  # compared in the end only
    for number, station in enumerate(stations):
        db.session.remove()
        (downgrade if number < len(path) - 1 else upgrade)(revision=station)
        after = content(*made_anew)
        kept = {key for key in before.keys() & after.keys() if key[0] not in made_anew}
        compared += len(kept)
        changed += [f"{station}: {'.'.join(key)}" for key in sorted(kept) if before[key] != after[key]]
        before = after
    recount.count_what_is_new()
    db.session.commit()
    before = content()
    changed += [
        f"{'.'.join(key)} in the end" for key in first if key[0] in DERIVED and first[key] != before[key]
    ]
    return Walk(len(stations), compared, changed)


def people_and_files() -> None:
    """A row or more in the tables that a crowd leaves empty."""
    person = factories.UserFactory(role="administrator", locale="zh_Hant", mf_recovery_codes=["a", "b"])
    db.session.add(
        Upload(purpose="test", name="a.csv", options={"a": 1}, content=b"\x00\xff", created_at=clock.now())
    )
    db.session.add(
        ImportRun(name="b.csv", map="", phase=Phase.DONE, created_at=clock.now(), created_by=person.id)
    )
    db.session.commit()


def walked(engine: str, responses: int, seed: int) -> tuple[Walk, int]:
    """In a database of its own, made by the migrations; and how many tallies are wrong afterwards."""
    with installation(engine):
        db.drop_all()
        upgrade()
        fill(responses, seed)
        people_and_files()
        found = walk()
        with reading():
            return found, sum(1 for _difference in recount.verify())


def figures(engine: str, size: int, seed: int) -> Iterator[Figure]:
    responses = 20_000 * size
    found, wrong = walked(engine, responses, seed)
    yield Figure(
        f"revisions walked down to {LOWEST} and up with {responses:,} responses", f"{found.steps} steps"
    )
    what = f"columns with another checksum after a step (of {found.compared} compared)"
    yield Figure(what, f"{len(found.changed)}", "0")
    yield Figure("differences found by a recount afterwards", f"{wrong}", "0")
