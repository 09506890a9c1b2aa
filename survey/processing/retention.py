"""Removing what a questionnaire keeps only for so many months. See docs/decisions/0015-what-is-kept.md.

A response or comment of the day d goes on the day d + months, at the first sweep after midnight in the
organisation's time zone. What has not been processed yet is processed first. Figures stay.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from survey.access import limited
from survey.extensions import db
from survey.models import Comment, Questionnaire, Response, User, Version
from survey.processing import erasing
from survey.questions.definition import definition_of

BATCH = 200  # responses a transaction


def remove_batch(today: date) -> int:
    """One batch of what is due. The caller commits, and calls again until nothing is left."""
    either = or_(
        Questionnaire.responses_kept_months.is_not(None), Questionnaire.comments_kept_months.is_not(None)
    )
    for kept in db.session.scalars(select(Questionnaire).where(either).order_by(Questionnaire.id)):
        for months, due, remove in (
            (kept.responses_kept_months, _responses_due, lambda ids: erasing.retire(ids, today)),
            (kept.comments_kept_months, _texts_due, erasing.strip),
        ):
            ids = due(kept.id, cutoff(today, months)) if months else []
            if ids:
                return int(remove(ids))
    return 0


def cutoff(today: date, months: int) -> date:
    """The last day d whose d + months is not after today. A day that its month lacks is the last of the month."""
    at = today.year * 12 + today.month - 1 - months
    if at < 12:
        return date.min
    first = date(at // 12, at % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    end_of_month = (today + timedelta(days=1)).day == 1
    return last if end_of_month or today.day > last.day else first.replace(day=today.day)


def removed_on(day: date, months: int) -> date:
    """The day on which what came on `day` is removed."""
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _settled() -> ColumnElement[bool]:
    """The worker is done with it: it counts, or it was given up."""
    return or_(Response.processed_at.is_not(None), Response.failed_at.is_not(None))


def _responses_due(questionnaire_id: int, last: date) -> Sequence[uuid.UUID]:
    mine = Response.questionnaire_id == questionnaire_id
    statement = select(Response.id).where(mine, Response.submitted_on <= last, _settled())
    return db.session.scalars(statement.limit(BATCH).with_for_update(skip_locked=True)).all()


def _texts_due(questionnaire_id: int, last: date) -> Sequence[uuid.UUID]:
    mine = Comment.questionnaire_id == questionnaire_id
    statement = select(Comment.response_id).where(mine, Comment.submitted_on <= last, Comment.text != "")
    return db.session.scalars(statement.limit(BATCH)).all() or _given_up(questionnaire_id, last)


def _given_up(questionnaire_id: int, last: date) -> Sequence[uuid.UUID]:
    """Responses without comments of their own, because no worker could read them."""
    mine = Response.questionnaire_id == questionnaire_id
    rows = db.session.execute(
        select(Response.id, Response.version_id, Response.answers).where(
            Response.failed_at.is_not(None), mine, Response.submitted_on <= last
        )
    ).all()
    versions = {v.id: definition_of(v) for v in db.session.scalars(select(Version))} if rows else {}
    return [
        row.id for row in rows if row.answers != erasing.without_texts(versions[row.version_id], row.answers)
    ][:BATCH]


@dataclass(frozen=True, slots=True)
class Due:
    """What a setting of a questionnaire removes, and when."""

    months: int | None
    kept: int  # how many are there now
    due: int  # of these, at the next sweep
    next_on: date | None  # when the oldest of the others goes


def dues(
    questionnaire_id: int, responses: int | None, comments: int | None, today: date, person: User | None
) -> tuple[Due, Due]:
    """Of responses and of texts, if they were kept for so many months; counted where the person may see."""
    mine = Response.questionnaire_id == questionnaire_id
    texts = (Comment.questionnaire_id == questionnaire_id) & (Comment.text != "")
    return _due(Response, mine, responses, today, person), _due(Comment, texts, comments, today, person)


def _due(
    model: type[Response] | type[Comment],
    mine: ColumnElement[bool],
    months: int | None,
    today: date,
    person: User | None,
) -> Due:
    def one(what: Any, *which: ColumnElement[bool]) -> Any:
        statement = select(what).select_from(model).where(mine, *which)
        return db.session.scalar(limited(statement, model.unit_id, person) if person else statement)

    kept = one(func.count()) or 0
    if months is None:
        return Due(None, kept, 0, None)
    last = cutoff(today, months)
    due = one(func.count(), model.submitted_on <= last) or 0
    oldest = one(func.min(model.submitted_on), model.submitted_on > last)
    return Due(months, kept, due, removed_on(oldest, months) if oldest else None)
