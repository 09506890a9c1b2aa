"""Triggers that keep rows for ever: of the audit trail and of what persons decided, for models and migrations alike.

Of the trail the insert trigger is needed beside the others: on SQLite, INSERT OR REPLACE removes a row without asking
the delete trigger. It also refuses gaps and entries that do not continue the chain.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Connection

GENESIS = "0" * 64  # stands before the first entry
_REFUSED = "audit_entry is append-only"

_SQLITE_BROKEN = f"""
NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry)
OR NEW.previous <> COALESCE((SELECT hash FROM audit_entry ORDER BY number DESC LIMIT 1), '{GENESIS}')
OR EXISTS (SELECT 1 FROM audit_entry WHERE once = NEW.once)
"""  # noqa: S608 constants only

SQLITE = (
    f"CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    f"CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    f"CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry WHEN {_SQLITE_BROKEN} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
)

POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$""",
    f"""CREATE OR REPLACE FUNCTION audit_entry_check_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry)
           OR NEW.previous <> COALESCE((SELECT hash FROM audit_entry ORDER BY number DESC LIMIT 1), '{GENESIS}')
        THEN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",  # noqa: S608 constants only
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
    "CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_check_next()",
)
POSTGRESQL_DROPPED = (
    "DROP FUNCTION audit_entry_refuse() CASCADE",
    "DROP FUNCTION audit_entry_check_next() CASCADE",
)


def make_append_only(_table: Any, connection: Connection, **_given: Any) -> None:
    """After the table is created, or created anew: a table that is rebuilt on SQLite loses its triggers."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(DDL(statement))


def keep_rows(table: Any, connection: Connection, **_given: Any) -> None:
    """The rows of this table are never changed nor deleted, whoever writes to the database."""
    for statement in row_keepers(table.name, connection.dialect.name):
        connection.execute(DDL(statement))


def row_keepers(table: str, dialect: str) -> list[str]:
    refused = f"{table} is append-only"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 a table of our own
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        ]
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{refused}' USING ERRCODE = 'restrict_violation'; END $$""",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
