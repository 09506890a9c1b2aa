"""What the database itself refuses, by triggers: for every program that writes to it.

version_frozen      what was published once never changes, so that version and language name the words agreed to
version_promise     once there is a response, no version with another promise of anonymity is published
response_erased     a response that was removed is not stored again by the same form or file
response_anonymous  a response to an anonymous version knows no invitation

SQLite drops the triggers of a table that a migration makes anew: the end of every migration restores them.
"""

# ruff: noqa: S608 the statements are made of constants
from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, inspect

from survey.extensions import Base

TRIGGERS = {
    "version_frozen": "questionnaire_version",
    "version_promise": "questionnaire_version",
    "version_promise_new": "questionnaire_version",
    "response_erased": "response",
    "response_anonymous": "response",
    "response_anonymous_later": "response",
}

UNSAMPLED = (("response", "answers"), ("comment", "text"), ("import_run", "report"))

_LITE_MODE = "coalesce(json_extract({}.definition, '$.privacy.anonymous'), 1)"
_LITE_PROMISE = f"""
NEW.status <> 'draft' AND EXISTS (
  SELECT 1 FROM questionnaire_version v WHERE v.questionnaire_id = NEW.questionnaire_id
  AND {_LITE_MODE.format("v")} <> {_LITE_MODE.format("NEW")}
  AND (EXISTS (SELECT 1 FROM response r WHERE r.questionnaire_id = v.questionnaire_id AND r.version_id = v.id)
       OR EXISTS (SELECT 1 FROM erased e WHERE e.version_id = v.id)))
BEGIN SELECT RAISE(ABORT, 'the promise of anonymity is kept from the first response on'); END"""
_LITE_ANONYMOUS = f"""
NEW.invitation_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM questionnaire_version v WHERE v.id = NEW.version_id AND {_LITE_MODE.format("v")})
BEGIN SELECT RAISE(ABORT, 'an anonymous response knows no invitation'); END"""

_SQLITE = (
    """CREATE TRIGGER version_frozen BEFORE UPDATE OF definition, checksum, number, status ON questionnaire_version
WHEN OLD.status <> 'draft' AND (NEW.status = 'draft' OR NEW.definition IS NOT OLD.definition
  OR NEW.checksum IS NOT OLD.checksum OR NEW.number IS NOT OLD.number)
BEGIN SELECT RAISE(ABORT, 'a published version is frozen'); END""",
    f"CREATE TRIGGER version_promise BEFORE UPDATE OF status ON questionnaire_version WHEN {_LITE_PROMISE}",
    f"CREATE TRIGGER version_promise_new BEFORE INSERT ON questionnaire_version WHEN {_LITE_PROMISE}",
    """CREATE TRIGGER response_erased BEFORE INSERT ON response
WHEN EXISTS (SELECT 1 FROM erased e WHERE e.idempotency_key = NEW.idempotency_key)
BEGIN SELECT RAISE(IGNORE); END""",
    f"CREATE TRIGGER response_anonymous BEFORE INSERT ON response WHEN {_LITE_ANONYMOUS}",
    "CREATE TRIGGER response_anonymous_later BEFORE UPDATE OF invitation_id ON response "
    f"WHEN {_LITE_ANONYMOUS}",
)

_MODE = "coalesce(({}.definition->'privacy'->>'anonymous')::boolean, true)"
_RAISE = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE ="
_FUNCTION = "CREATE OR REPLACE FUNCTION guard_{}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"
_POSTGRESQL = (
    _FUNCTION.format(
        "version_frozen",
        f"""
IF OLD.status <> 'draft' AND (NEW.status = 'draft' OR NEW.definition IS DISTINCT FROM OLD.definition
  OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.number IS DISTINCT FROM OLD.number)
THEN {_RAISE} 'a published version is frozen'; END IF; RETURN NEW;""",
    ),
    _FUNCTION.format(
        "version_promise",
        f"""
IF NEW.status <> 'draft' AND EXISTS (
  SELECT 1 FROM questionnaire_version v WHERE v.questionnaire_id = NEW.questionnaire_id
  AND {_MODE.format("v")} <> {_MODE.format("NEW")}
  AND (EXISTS (SELECT 1 FROM response r WHERE r.questionnaire_id = v.questionnaire_id AND r.version_id = v.id)
       OR EXISTS (SELECT 1 FROM erased e WHERE e.version_id = v.id)))
THEN {_RAISE} 'the promise of anonymity is kept from the first response on'; END IF; RETURN NEW;""",
    ),
    _FUNCTION.format(
        "response",
        f"""
IF NEW.invitation_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM questionnaire_version v WHERE v.id = NEW.version_id AND {_MODE.format("v")})
THEN {_RAISE} 'an anonymous response knows no invitation'; END IF;
IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM erased e WHERE e.idempotency_key = NEW.idempotency_key)
THEN RETURN NULL; END IF; RETURN NEW;""",
    ),
    "CREATE TRIGGER version_frozen BEFORE UPDATE OF definition, checksum, number, status ON questionnaire_version "
    "FOR EACH ROW EXECUTE FUNCTION guard_version_frozen()",
    "CREATE TRIGGER version_promise BEFORE UPDATE OF status ON questionnaire_version "
    "FOR EACH ROW EXECUTE FUNCTION guard_version_promise()",
    "CREATE TRIGGER version_promise_new BEFORE INSERT ON questionnaire_version "
    "FOR EACH ROW EXECUTE FUNCTION guard_version_promise()",
    "CREATE TRIGGER response_erased BEFORE INSERT ON response FOR EACH ROW EXECUTE FUNCTION guard_response()",
    "CREATE TRIGGER response_anonymous_later BEFORE UPDATE OF invitation_id ON response "
    "FOR EACH ROW EXECUTE FUNCTION guard_response()",
)


def make(connection: Connection) -> None:
    """Makes the triggers, in the place of those that are there. PostgreSQL samples no texts for its planner."""
    remove(connection)
    if connection.dialect.name == "postgresql":
        for table, column in UNSAMPLED:
            connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    lite = connection.dialect.name == "sqlite"
    for name, table in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{'' if lite else f' ON {table}'}")
    if not lite:
        for name in ("version_frozen", "version_promise", "response"):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS guard_{name}()")


def restore(connection: Connection) -> None:
    """After a migration: makes them where the schema has come so far."""
    if inspect(connection).has_table("erased"):
        make(connection)


@event.listens_for(Base.metadata, "after_create")
def _with_the_tables(_metadata: Any, connection: Connection, **_given: Any) -> None:
    restore(connection)
