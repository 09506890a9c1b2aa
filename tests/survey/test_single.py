"""One row by one statement: committed at once, with SQLAlchemy's errors, on a connection left as it was."""

from __future__ import annotations

import pytest
from flask import Flask
from psycopg import pq
from sqlalchemy import Column, Integer, MetaData, String, Table, event, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from survey import single
from survey.extensions import db

TABLE = Table(
    "noted", MetaData(), Column("id", Integer, primary_key=True), Column("word", String, nullable=False)
)
INSERT = insert(TABLE)


@pytest.fixture
def noted(any_app: Flask) -> Flask:
    TABLE.create(db.engine)
    return any_app


def _words() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT word FROM noted ORDER BY id")).scalars())


def test_a_row_is_committed_when_it_is_stored(noted: Flask) -> None:
    assert single.store(INSERT, {"id": 1, "word": "a"})
    db.engine.dispose()
    assert _words() == ["a"]


def test_what_the_database_refuses_is_said_as_sqlalchemy_says_it_and_quotes_nothing(noted: Flask) -> None:
    opened: list[object] = []
    event.listen(db.engine.pool, "connect", lambda *given: opened.append(given))
    with pytest.raises(IntegrityError) as refused:
        single.store(INSERT, {"id": 1, "word": None})
    assert refused.value.params is None
    assert single.store(INSERT, {"id": 1, "word": "after it"})
    assert _words() == ["after it"]
    assert not opened  # the connection is as good as before


def test_a_table_that_is_not_there_is_said_too(any_app: Flask) -> None:
    with pytest.raises(DBAPIError):
        single.store(INSERT, {"id": 1, "word": "a"})


def test_transactions_on_the_same_connection_are_whole_afterwards(noted: Flask) -> None:
    for number in range(3):
        single.store(INSERT, {"id": number, "word": "kept"})
        with db.engine.connect() as connection:
            connection.execute(INSERT, {"id": 10 + number, "word": "undone"})
            connection.rollback()
    assert _words() == ["kept"] * 3


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_connection_that_ends_in_the_middle_is_an_outage_and_is_not_used_again(noted: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                                "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"))  # fmt: skip
        connection.execute(text("CREATE TRIGGER hang_up BEFORE INSERT ON noted EXECUTE FUNCTION hang_up()"))
    with pytest.raises(OperationalError):
        single.store(INSERT, {"id": 1, "word": "a"})
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER hang_up ON noted"))
    assert single.store(INSERT, {"id": 1, "word": "a"})
    driver = db.engine.raw_connection().driver_connection
    assert driver is not None
    assert driver.info.transaction_status == pq.TransactionStatus.IDLE
    assert not driver.autocommit


def test_a_column_with_a_default_of_its_own_is_refused(any_app: Flask) -> None:
    table = Table(
        "given", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer, default=3)
    )
    with pytest.raises(ValueError, match="default"):
        single.store(insert(table), {"id": 1})
