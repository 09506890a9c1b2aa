"""Triggers that let rows of a table only ever be added, for models and migrations alike.

The insert trigger is needed on SQLite: INSERT OR REPLACE removes a row without asking the delete trigger.
"""

# ruff: noqa: S608 the statements are made of names of our own tables
from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Connection, Table

_ABORT = "BEGIN SELECT RAISE(ABORT, '{0} is only ever added to'); END"
_SQLITE = (
    f"CREATE TRIGGER {{0}}_no_update BEFORE UPDATE ON {{0}} {_ABORT}",
    f"CREATE TRIGGER {{0}}_no_delete BEFORE DELETE ON {{0}} {_ABORT}",
    f"CREATE TRIGGER {{0}}_no_replace BEFORE INSERT ON {{0}} WHEN EXISTS (SELECT 1 FROM {{0}} WHERE {{1}}) {_ABORT}",
)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    "CREATE TRIGGER {0}_no_change BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION refuse_to_change()",
    "CREATE TRIGGER {0}_no_truncate BEFORE TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()",
)
POSTGRESQL_DROPPED = "DROP FUNCTION refuse_to_change() CASCADE"


def insert_only(table: Table, connection: Connection, **_given: Any) -> None:
    """After the table is created; for `event.listen(table, "after_create", …)` and migrations."""
    lite = connection.dialect.name == "sqlite"
    same = " AND ".join(f"{column.name} = NEW.{column.name}" for column in table.primary_key)
    for statement in _SQLITE if lite else _POSTGRESQL:
        connection.execute(DDL(statement.format(table.name, same).replace("%", "%%")))
