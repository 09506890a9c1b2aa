"""Changing what was read of stored comments: the tallies follow exactly, in the caller's transaction."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, and_, bindparam, delete, insert, or_, select, update

from survey.extensions import db
from survey.models import Comment, CommentTopic, Response
from survey.processing import tallies
from survey.processing.counted import Sayings, counted, said_of
from survey.processing.cuts import Cell, cells
from survey.processing.readings import topic_rows
from survey.processing.understanding import Topic

Key = tuple[uuid.UUID, str]  # response id, question code

_COMMENT = cast(Table, Comment.__table__)


def locked_all(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Row[Any]]:
    """Responses, in the order in which everybody locks them, so that nobody counts or removes them meanwhile."""
    table = Response.__table__
    rows = db.session.execute(
        select(table).where(table.c.id.in_(list(ids))).order_by(table.c.id).with_for_update()
    )
    return {row.id: row for row in rows}


def amend(
    rows: Mapping[uuid.UUID, Row[Any]],
    columns: Iterable[Mapping[Key, Mapping[str, Any]]],
    topics: Mapping[Key, Sequence[Topic]],
) -> None:
    """`rows` are locked. Comments get these `columns` (in each group the same ones), and those in `topics` these topics."""
    ids = list(rows)
    before = said_of(ids)
    for group in columns:
        _write_columns(group)
    _write_topics(rows, topics)
    _recount(rows.values(), before, said_of(ids))


def _write_columns(columns: Mapping[Key, Mapping[str, Any]]) -> None:
    if not columns:
        return
    names = next(iter(columns.values()))
    statement = (
        update(_COMMENT)
        .where(_COMMENT.c.response_id == bindparam("this"), _COMMENT.c.question_code == bindparam("asked"))
        .values({name: bindparam(f"new_{name}", type_=_COMMENT.c[name].type) for name in names})
    )
    db.session.connection().execute(
        statement,
        [
            {"this": key[0], "asked": key[1], **{f"new_{name}": value for name, value in found.items()}}
            for key, found in columns.items()
        ],
    )


def _write_topics(rows: Mapping[uuid.UUID, Row[Any]], topics: Mapping[Key, Sequence[Topic]]) -> None:
    if not topics:
        return
    these = or_(
        *(and_(CommentTopic.response_id == id_, CommentTopic.question_code == code) for id_, code in topics)
    )
    db.session.execute(delete(CommentTopic).where(these), execution_options={"synchronize_session": False})
    found = [row for (id_, code), given in topics.items() for row in topic_rows(rows[id_], code, given)]
    if found:
        db.session.execute(insert(CommentTopic), found)


def _recount(rows: Iterable[Row[Any]], before: Sayings, after: Sayings) -> None:
    """Only what differs is written: most of what a response counts stays."""
    rows = list(rows)
    changed: Counter[Cell] = Counter()
    for sign, sayings in ((1, after), (-1, before)):
        for one in counted(rows, sayings):
            for cell in cells(one.place, one.counts):
                changed[cell] += sign
    tallies.add(changed)
    tallies.remove_empty(cell for cell, count in changed.items() if count < 0)
