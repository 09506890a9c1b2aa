"""The ceiling: what Flask, gunicorn and the database cost when the view does nothing of use."""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, Response, request

URL = os.environ["BARE_DATABASE"]
SIZE = int(os.environ["BARE_SIZE"])
PAGE = "x" * SIZE

app = Flask(__name__)
_own = threading.local()


def _connection() -> Any:
    """One a thread, as durable as the application's."""
    if not hasattr(_own, "connection"):
        if URL.startswith("postgresql"):
            _own.connection = psycopg.connect(URL, autocommit=True)
        else:
            _own.connection = sqlite3.connect(URL, timeout=30, isolation_level=None)
            _own.connection.execute("PRAGMA journal_mode=WAL")
            _own.connection.execute("PRAGMA synchronous=FULL")
    return _own.connection


@app.get("/")
def page() -> str:
    return PAGE


@app.post("/")
def row() -> Response:
    mark = "%s" if URL.startswith("postgresql") else "?"
    _connection().execute(f"INSERT INTO bare (body) VALUES ({mark})", (request.get_data(as_text=True),))
    return Response(status=303, headers={"Location": "/"})
