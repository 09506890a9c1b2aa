"""Appending, refusing and verifying."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from survey import audit, clock
from survey.audit import Broken, Deed, Head, Thing
from survey.extensions import db
from survey.models import AuditEntry, Unit
from tests.factories import UnitFactory
from tests.survey.audit.chains import raw, some, told, unlocked

COLUMNS = [column.name for column in AuditEntry.__table__.columns]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'somebody else' WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry SELECT 9, at, actor_kind, actor_id, actor_name, deed, thing_kind, thing_id, "
        "thing_name, unit_id, details, once, hash, hash FROM audit_entry WHERE number = 3",
        "INSERT INTO audit_entry SELECT 4, at, actor_kind, actor_id, actor_name, deed, thing_kind, thing_id, "
        "thing_name, unit_id, details, once, previous, hash FROM audit_entry WHERE number = 3",
    ],
)
def test_the_database_refuses_to_alter_the_trail(any_app: Flask, statement: str) -> None:
    some(3)
    before = audit.head()
    with pytest.raises(DBAPIError, match="append-only"):
        raw(statement)
    db.session.rollback()
    assert audit.verify() == before == audit.head()


def test_the_trail_is_neither_truncated_nor_replaced(any_app: Flask) -> None:
    some(1)
    if db.engine.dialect.name == "sqlite":
        statement = "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 1"
    else:
        statement = "TRUNCATE audit_entry"
    with pytest.raises(DBAPIError, match="append-only"):
        raw(statement)


def test_replacing_a_row_by_its_once_key_is_refused(app: Flask) -> None:
    """On SQLite REPLACE removes the row that is in the way without asking the delete trigger."""
    audit.record(Deed.SAW, Thing("results", "q"), once="a")
    db.session.commit()
    hash_ = audit.head().hash
    with pytest.raises(DBAPIError, match="append-only"):
        raw(
            "REPLACE INTO audit_entry SELECT 2, at, actor_kind, actor_id, actor_name, deed, thing_kind, "
            f"thing_id, thing_name, unit_id, details, once, '{hash_}', hash FROM audit_entry"
        )


def test_an_empty_trail_and_a_long_one_are_found_whole(any_app: Flask) -> None:
    assert audit.verify() == Head(0, "0" * 64)
    hashes = some(5)
    assert audit.verify() == Head(5, hashes[-1])
    assert audit.verify(hashes[2]) == Head(5, hashes[-1])


_ALTERED = {
    "at": lambda row: row.at + timedelta(microseconds=1),
    "unit_id": lambda row: 77,
    "actor_id": lambda row: "x",
    "once": lambda row: "y",
    "details": lambda row: row.details.replace("}", ',"more":1}'),
    "number": lambda row: row.number + 100,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_of_any_entry_is_found(any_app: Flask, column: str) -> None:
    some(5)
    for number in range(1, 6):
        row = db.session.execute(
            select(*AuditEntry.__table__.columns).where(AuditEntry.number == number)
        ).one()
        unlocked()
        alter = _ALTERED.get(column, lambda row: "f" + str(getattr(row, column))[1:] + "!")
        value = alter(row)
        if column in ("previous", "hash"):
            value = ("0" if getattr(row, column)[0] != "0" else "1") + getattr(row, column)[1:]
        db.session.execute(
            AuditEntry.__table__.update().where(AuditEntry.number == number).values(**{column: value})
        )
        found = audit.verify()
        assert isinstance(found, Broken), (column, number)
        assert found.number == number
        db.session.rollback()


def test_a_removed_an_inserted_and_a_moved_entry_are_found(any_app: Flask) -> None:
    some(6)
    columns = ", ".join(name for name in COLUMNS if name != "number")
    for statements in (
        ["DELETE FROM audit_entry WHERE number = 3"],
        ["DELETE FROM audit_entry WHERE number = 3", "UPDATE audit_entry SET number = 3 WHERE number = 6"],
        [
            "UPDATE audit_entry SET number = 103 WHERE number = 3",
            "UPDATE audit_entry SET number = 3 WHERE number = 4",
            "UPDATE audit_entry SET number = 4 WHERE number = 103",
        ],
        ["UPDATE audit_entry SET number = -number WHERE number >= 3",
         "UPDATE audit_entry SET number = 1 - number WHERE number < 0",
         f"INSERT INTO audit_entry (number, {columns}) SELECT 3, {columns} FROM audit_entry WHERE number = 2"],
    ):  # fmt: skip
        unlocked()
        for statement in statements:
            raw(statement)
        found = audit.verify()
        assert isinstance(found, Broken)
        assert found.number == 3
        db.session.rollback()


def test_a_cut_off_end_is_found_by_a_kept_hash_only(any_app: Flask) -> None:
    hashes = some(5)
    unlocked()
    raw("DELETE FROM audit_entry WHERE number > 3")
    assert audit.verify() == Head(3, hashes[2])
    found = audit.verify(hashes[4])
    assert isinstance(found, Broken)
    assert found.number == 4
    db.session.rollback()


_TEXTS = st.text(max_size=40)
_DETAILS = st.dictionaries(
    _TEXTS, st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS
)


@given(name=_TEXTS, code=_TEXTS, details=_DETAILS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_entry_holds_it_verifies(any_app: Flask, name: str, code: str, details: Any) -> None:
    audit.record(Deed.CHANGED, Thing("unit", code, name), details)
    db.session.commit()
    assert audit.verify() == audit.head()


def test_a_change_that_is_rolled_back_leaves_no_entry(any_app: Flask) -> None:
    UnitFactory()
    audit.record(Deed.EXPORTED, Thing("responses", "q"))
    db.session.rollback()
    db.session.commit()
    assert told() == []


def test_a_savepoint_that_is_rolled_back_takes_its_entries_along(any_app: Flask) -> None:
    UnitFactory(code="kept")
    savepoint = db.session.begin_nested()
    UnitFactory(code="lost")
    savepoint.rollback()
    db.session.commit()
    assert db.session.scalars(select(Unit.code)).all() == ["kept"]
    assert told() == [("created", "unit")]


def test_a_change_whose_entry_cannot_be_written_is_not_made(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.audit.chain.digest", lambda row: None)
    UnitFactory()
    with pytest.raises(DBAPIError):
        db.session.commit()
    db.session.rollback()
    assert db.session.scalars(select(Unit)).all() == []


def test_a_clock_that_goes_back_does_not_turn_the_order_round(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    some(1)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(hours=1))
    some(1)
    first, second = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
    assert second == first


def test_eight_writers_at_once_make_one_chain(any_app: Flask) -> None:
    wrong: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            with any_app.app_context():
                for i in range(10):
                    db.session.add(Unit(code=f"u{writer}-{i}", names={"en": "Unit"}, path="/"))
                    db.session.commit()
        except BaseException as error:
            wrong.append(error)

    db.session.rollback()
    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    found = audit.verify()
    assert isinstance(found, Head)
    assert found.number == 80
    assert db.session.scalar(text("SELECT count(DISTINCT thing_id) FROM audit_entry")) == 80


def test_what_is_noted_once_stands_once(any_app: Flask) -> None:
    for _ in range(3):
        audit.record(Deed.SAW, Thing("results", "q"), once="k")
        db.session.commit()
    audit.record(Deed.SAW, Thing("results", "q"), once="k")
    audit.record(Deed.SAW, Thing("results", "q"), once="k")
    audit.record(Deed.SAW, Thing("results", "q"), once="m")
    audit.record(Deed.SAW, Thing("results", "q"), once="m")
    db.session.commit()
    assert len(told()) == 2


def test_an_entry_is_logged_with_its_hash_after_its_commit(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "afterword.audit")
    audit.record(Deed.EXPORTED, Thing("responses", "q"))
    assert caplog.messages == []
    db.session.commit()
    assert caplog.messages == [f"audit trail: entry 1 has hash {audit.head().hash}"]
