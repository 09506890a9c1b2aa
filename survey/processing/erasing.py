"""Taking responses out again, and their tallies with them, in one transaction. The caller commits.

erase      everything of a response goes, its counts too: somebody asked for it
retire     everything of a response goes, its counts are kept: its time is over
strip      the free texts of a response go, everything else stays and counts as before
reprocess  a response waits for the worker again, as if it had just been sent
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from survey import audit
from survey.extensions import db
from survey.models import (
    Comment,
    CommentLabel,
    CommentTopic,
    Erased,
    GivenTopics,
    Questionnaire,
    Response,
    Version,
)
from survey.processing import alert_traces, case_traces, joint_tallies, kept, originals, tallies
from survey.processing.counted import Counted, counted, said_of
from survey.processing.cuts import Cell, cells
from survey.processing.masking import write_answers
from survey.questions.base import Question
from survey.questions.definition import Definition, definition_of
from survey.sealing import Unreadable

Ids = Sequence[uuid.UUID]
REMOVED = ""  # stands in the answers where a text was: answered, but nobody knows what


def erase(ids: Ids, today: date) -> int:
    """Returns how many were there to erase."""
    rows = _locked(ids)
    gone = _taken(counted(rows, said_of(ids)))
    tallies.remove_empty(gone)
    _remove(rows, today)
    _note(rows, "on request")
    return len(rows)


def retire(ids: Ids, today: date) -> int:
    rows = _locked(ids)
    found = list(counted(rows, said_of(ids)))
    kept.add(found)
    joint_tallies.keep(found)
    _remove(rows, today)
    _note(rows, "kept long enough")
    return len(rows)


def strip(ids: Ids) -> int:
    """Labels of sentiment and topics stay with the empty comments, so that a recount finds what was counted."""
    rows = _locked(ids)
    versions = {v.id: definition_of(v) for v in db.session.scalars(select(Version))}
    db.session.execute(
        update(Comment)
        .where(Comment.response_id.in_([row.id for row in rows]))
        .values(text=REMOVED, text_hash=REMOVED, words=None, spans=None),
        execution_options={"synchronize_session": False},
    )
    originals.forget([row.id for row in rows])
    case_traces.forget_texts([row.id for row in rows])
    write_answers({row.id: without_texts(versions[row.version_id], row.answers) for row in rows})
    _note(rows, "texts kept long enough")
    return len(rows)


def _forget_comments(ids: Ids) -> None:
    for table in (CommentTopic, Comment):
        db.session.execute(delete(table).where(table.response_id.in_(ids)))


def _note(rows: Sequence[Row[Any]], why: str) -> None:
    """How many of each questionnaire, in the audit trail: never which ones."""
    for number, count in Counter(row.questionnaire_id for row in rows).items():
        code = db.session.get_one(Questionnaire, number).code
        details = {"responses": count, "reason": why}
        audit.record(audit.Deed.ERASED, audit.Thing("responses", code, code), details)


def without_texts(definition: Definition, answers: Any) -> Any:
    """The answers as they are after `strip`."""
    if not isinstance(answers, Mapping):
        return {}  # never processed: nobody knows what is a text in it
    return {code: _without_text(definition.by_code.get(code), answer) for code, answer in answers.items()}


def _without_text(question: Question | None, answer: Any) -> Any:
    if question is None:
        return answer
    return REMOVED if question.kind == "said" and answer else question.withheld(answer)


def reprocess(ids: Ids) -> int:
    """Responses without their texts, or whose texts cannot be opened any more, stay as they are: their sentiments
    could not be found again. The others wait with their answers as they were given."""
    rows = [row for row in _locked(ids) if REMOVED not in row.answers.values()]
    rows = [row for row in rows if row.processed_at is not None]
    given = _given(rows)
    rows = [row for row in rows if row.id in given]
    mine = list(given)
    _taken(counted(rows, said_of(mine)))
    _forget_comments(mine)
    originals.forget(mine)
    write_answers({row.id: given[row.id] for row in rows if given[row.id] != row.answers})
    db.session.execute(
        update(Response)
        .where(Response.id.in_(mine))
        .values(processed_at=None, flags=None, attempts=0, retry_at=None)
    )
    return len(mine)


def _given(rows: Sequence[Row[Any]]) -> dict[uuid.UUID, Mapping[str, Any]]:
    """The answers as they were given, of those that can be opened."""
    sealed = originals.rows_of([row.id for row in rows])
    found: dict[uuid.UUID, Mapping[str, Any]] = {}
    for row in rows:
        with suppress(Unreadable):
            found[row.id] = originals.opened(row.id, row.answers, sealed.get(row.id))
    return found


def _locked(ids: Ids) -> Sequence[Row[Any]]:
    """Locked before anything is read of them, so that no worker counts them meanwhile."""
    table = Response.__table__
    return db.session.execute(
        select(table).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update()
    ).all()


def _taken(found: Iterable[Counted]) -> Counter[Cell]:
    """Takes what they counted out of the tallies; which cells those were."""
    found = list(found)
    gone = Counter(cell for one in found for cell in cells(one.place, one.counts))
    tallies.add({cell: -count for cell, count in gone.items()})
    joint_tallies.take(found)
    return gone


def _remove(rows: Sequence[Row[Any]], today: date) -> None:
    ids = [row.id for row in rows]
    if not ids:
        return
    for said in (CommentLabel, GivenTopics):
        db.session.execute(delete(said).where(said.response_id.in_(ids)))
    _forget_comments(ids)
    originals.forget(ids)
    alert_traces.forget(ids)
    case_traces.forget(ids)
    db.session.execute(delete(Response).where(Response.id.in_(ids)))
    stones = [
        {"idempotency_key": row.idempotency_key, "version_id": row.version_id, "erased_on": today}
        for row in rows
    ]
    db.session.execute(insert(Erased), stones)
