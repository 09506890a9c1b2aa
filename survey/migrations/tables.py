"""Changing a table that holds data, on each database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations


@contextmanager
def changed(table: str) -> Iterator[BatchOperations]:
    """`op.batch_alter_table` that keeps triggers: SQLite copies the table into a new one and forgets them."""
    kept: list[str] = []
    if op.get_bind().dialect.name == "sqlite":
        stored = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        kept = list(op.get_bind().execute(stored, {"table": table}).scalars())
    with op.batch_alter_table(table) as batch:
        yield batch
    for trigger in kept:
        op.get_bind().exec_driver_sql(trigger)


def add_checks(checks: Mapping[str, Mapping[str, str]]) -> None:
    """Conditions by table and short name; the naming convention completes the name."""
    for table, conditions in checks.items():
        with changed(table) as batch:
            for name, condition in conditions.items():
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def drop_checks(checks: Mapping[str, Mapping[str, str]]) -> None:
    for table, conditions in checks.items():
        with changed(table) as batch:
            for name in conditions:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
