"""Connections that the database has closed meanwhile."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from survey.extensions import db

OWN = text("SELECT pg_backend_pid()")


def test_an_idle_connection_that_was_closed_is_replaced_unseen(any_app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        return
    with db.engine.connect() as lasting, db.engine.connect() as other:
        first = other.scalar(OWN)
        other.close()
        lasting.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    with db.engine.connect() as again:
        assert again.scalar(OWN) not in (None, first)


def test_a_connection_that_still_works_is_kept(any_app: Flask) -> None:
    made = []
    for _ in range(3):
        with db.engine.connect() as connection:
            assert connection.connection.driver_connection is not None
            made.append(id(connection.connection.driver_connection))
    assert len(set(made)) == 1
