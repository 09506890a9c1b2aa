"""What holds for every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from survey.extensions import db
from tests import factories


def test_a_signed_in_person_reads_while_somebody_else_writes(app: Flask) -> None:
    """On SQLite one connection writes at a time; pages that only read must not stand in that queue."""
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory())
    db.session.remove()
    writer = db.engine.connect()
    writer.begin()
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(client.get, "/links")
        try:
            assert reading.result(timeout=10).status_code == 200
        finally:
            writer.close()
