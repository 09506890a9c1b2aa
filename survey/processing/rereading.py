"""Reading stored comments anew: after an update, a calibrated model or new terms. A quiet sweep, see jobs.py.

`plan` reads comments that an older reader has read, outside any lock; `record` stores what is still as it was then, and
the tallies follow in the same transaction. What people have said of a comment stays; so does what cannot be
read any more (its text removed, its original not to be opened). Killed at any moment it goes on where it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, tuple_

from survey.extensions import db
from survey.models import Comment, Response, Version
from survey.models import Reader as Stored
from survey.processing import given, labelled, originals, reader
from survey.processing.amending import Key, amend, locked_all
from survey.processing.reader import Reader
from survey.processing.relabelling import by_person
from survey.processing.understanding import Comment as Given
from survey.processing.understanding import Understood, understand
from survey.questions.definition import Definition, definition_of
from survey.sealing import Unreadable

BATCH = 200  # comments a transaction
_OF_LABEL = ("label", "score", "method")  # what people give


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch was read as. `found` is None of a comment that cannot be read and stays as it is."""

    reader: Reader
    found: Mapping[Key, Understood | None]
    texts: Mapping[Key, str]  # that these readings are of


def want(why: str) -> None:
    """All comments are to be read anew; `why` is kept for the administrator. The caller commits."""
    reader.ask(why)


def waiting() -> int:
    """How many comments wait to be read anew."""
    newest = select(func.coalesce(func.max(Stored.id), 0)).scalar_subquery()
    return db.session.scalar(select(func.count()).where(Comment.reader_id < newest)) or 0


def plan() -> Plan | None:
    """Reads a batch; None where nothing waits. Writes nothing."""
    mine = reader.current()
    old = select(Comment.__table__).where(Comment.reader_id < mine.id)
    rows = db.session.execute(old.order_by(Comment.reader_id, Comment.response_id).limit(BATCH)).all()
    if not rows:
        return None
    written = _written(rows)
    given = {(row.response_id, row.question_code): row for row in rows}
    readable = [key for key in written if given[key].text]
    found = dict(zip(readable, understand([written[key] for key in readable], mine), strict=True))
    return Plan(mine, {key: found.get(key) for key in given}, {key: row.text for key, row in given.items()})


def _written(rows: Sequence[Row[Any]]) -> dict[Key, Given]:
    """The comments as they were written, of those that can be opened."""
    ids = {row.response_id for row in rows}
    columns = Response.id, Response.version_id, Response.answers
    answers = {row.id: row for row in db.session.execute(select(*columns).where(Response.id.in_(ids)))}
    sealed = originals.rows_of(list(ids))
    versions = {version.id: definition_of(version) for version in db.session.scalars(select(Version))}
    found: dict[Key, Given] = {}
    for row in rows:
        response = answers[row.response_id]
        with suppress(Unreadable):
            hidden = originals.hidden_in(row.response_id, sealed.get(row.response_id)).get(
                row.question_code, ()
            )
            found[row.response_id, row.question_code] = _given(row, hidden, versions[response.version_id])
    return found


def _given(row: Row[Any], hidden: Iterable[Any], definition: Definition) -> Given:
    parts = tuple(hidden)
    return Given(originals.unmasked(row.text, parts), parts, row.locale, row.purpose, definition.sector)


def record(of: Plan) -> int:
    """How many comments are done. The caller commits."""
    rows = locked_all({id_ for id_, _code in of.found})
    key = tuple_(Comment.response_id, Comment.question_code)
    columns = Comment.response_id, Comment.question_code, Comment.text, Comment.method, Comment.topic_method
    still = db.session.execute(
        select(*columns).where(
            key.in_(list(of.found)), Comment.reader_id < of.reader.id, Comment.response_id.in_(list(rows))
        )
    )
    rows_left: Sequence[Any] = still.all()
    amending = _Amending(of)
    for row in rows_left:
        amending.take(row)
    amending.write(rows)
    return len(rows_left)


class _Amending:
    """Changes of a batch, by which columns they set."""

    def __init__(self, of: Plan) -> None:
        self.of = of
        self.columns: dict[tuple[str, ...], dict[Key, Mapping[str, Any]]] = {}
        self.topics: dict[Key, Any] = {}

    def take(self, row: Row[Any]) -> None:
        key: tuple[uuid.UUID, str] = row.response_id, row.question_code
        found = self.of.found[key]
        columns: dict[str, Any] = {"reader_id": self.of.reader.id}
        if found is not None and row.text == self.of.texts[key]:
            columns = dict(found.columns)
            if by_person(row.method):
                labelled.read_anew(key, columns)
                columns = {name: value for name, value in columns.items() if name not in _OF_LABEL}
            if by_person(row.topic_method):
                given.read_anew(key, found.topics, columns.pop("topic_method"))
            else:
                self.topics[key] = found.topics
        self.columns.setdefault(tuple(sorted(columns)), {})[key] = columns

    def write(self, rows: Mapping[uuid.UUID, Row[Any]]) -> None:
        amend(rows, self.columns.values(), self.topics)
