"""The ceiling: what Flask, gunicorn, SQLAlchemy and the database cost when the view does nothing of use.

The row goes the cheapest way that SQLAlchemy has: a connection of the pool that commits each statement by itself.
"""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert

URL = os.environ["BARE_DATABASE"]
SIZE = int(os.environ["BARE_SIZE"])
PAGE = "x" * SIZE

app = Flask(__name__)
engine = create_engine(URL, pool_size=5, max_overflow=4, isolation_level="AUTOCOMMIT")
INSERT = insert(
    Table("bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", Text))
).inline()


@event.listens_for(engine, "connect")
def _durable(connection: Any, _record: Any) -> None:
    """As durable as the application's."""
    if engine.dialect.name == "sqlite":
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")


@app.get("/")
def page() -> str:
    return PAGE


@app.post("/")
def row() -> Response:
    with engine.connect() as connection:
        connection.execute(INSERT, {"body": request.get_data(as_text=True)})
    return Response(status=303, headers={"Location": "/"})
