"""Keeps how a sweep went, so that pages and metrics show it whatever machine it ran on. The caller commits."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.extensions import db
from survey.models import SweepRun

_TABLE = cast(Table, SweepRun.__table__)
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
LONGEST = 300


def ended(name: str, seconds: float | None = None) -> None:
    kept = {"ended_at": clock.now(), "seconds": seconds}
    _keep(name, {**kept, "failures": 0}, kept)


def failed(name: str, error: BaseException) -> None:
    at, failure = clock.now(), described(error)
    first = {"failed_at": at, "failure": failure, "failures": 1}
    _keep(name, first, {**first, "failures": SweepRun.failures + 1})


def described(error: BaseException) -> str:
    """The type and the innermost place; a message may quote what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"[:LONGEST]


def _keep(name: str, first: dict[str, Any], later: dict[str, Any]) -> None:
    connection = db.session.connection()
    insert: Any = _INSERT[connection.dialect.name]
    row = insert(_TABLE).values(name=name, **first)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=later))
