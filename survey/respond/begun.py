"""Counting the forms on which somebody began to answer: by day and place, nothing of the form or of who it was.

Counts wait in the process for a moment, so that a crowd costs a statement and not one each; a process that is killed
loses those of the last seconds.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from datetime import date
from typing import Any, NamedTuple, cast

from flask import Flask, current_app
from sqlalchemy import Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from survey import single
from survey.extensions import db
from survey.models import Begun

PAUSE = 2.0  # seconds

_TABLE = cast(Table, Begun.__table__)
_KEY = [column.name for column in _TABLE.primary_key]

_ADD = {
    dialect: made.on_conflict_do_update(
        index_elements=_KEY, set_={"count": literal_column("begun.count + excluded.count")}
    )
    for dialect, made in (("sqlite", sqlite.insert(_TABLE)), ("postgresql", postgresql.insert(_TABLE)))
}

log = logging.getLogger(__name__)


class Cell(NamedTuple):
    """In the order of the table's key."""

    questionnaire_id: int
    begun_on: date
    unit_id: int
    service_type_id: int
    channel: str


class Waiting:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Cell] = Counter()
        self._timer: threading.Timer | None = None

    def add(self, app: Flask, cell: Cell, times: int = 1) -> None:
        with self._lock:
            self._counts[cell] += times
            if self._timer is None and not app.testing:
                self._timer = threading.Timer(PAUSE, self._later, [app])
                self._timer.start()

    def take(self) -> Counter[Cell]:
        with self._lock:
            taken, self._counts, self._timer = self._counts, Counter(), None
        return taken

    def _later(self, app: Flask) -> None:
        with app.app_context():
            store(app)


def count(cell: Cell) -> None:
    """Never raises: an answer that was stored must not be refused for it."""
    app = cast(Any, current_app)._get_current_object()
    _waiting(app).add(app, cell)
    if app.testing:
        store(app)


def store(app: Flask) -> None:
    """Writes what waits; what cannot be written waits again."""
    for cell, times in _waiting(app).take().items():
        try:
            single.store(_ADD[db.engine.dialect.name], cell._asdict() | {"count": times})
        except SQLAlchemyError as error:
            log.warning("begun forms wait to be counted: %s", type(error).__name__)
            _waiting(app).add(app, cell, times)


def _waiting(app: Flask) -> Waiting:
    found: Waiting = app.extensions.setdefault("begun", Waiting())
    return found
