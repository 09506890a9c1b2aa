"""Reading responses for an export: as a stream, limited to what a person may see."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, func, select

from analysis.statistics.suppression import suppress
from survey.access import limited
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Comment, Response, Status, User, Version

CHUNK = 1000  # rows in memory at a time

Sentiments = dict[str, tuple[str, float]]  # question code -> label and score
_COLUMNS = (
    Response.id,
    Response.submitted_on,
    Response.unit_id,
    Response.service_type_id,
    Response.channel,
    Response.locale,
    Response.version_id,
    Response.answers,
    Response.processed_at,
    Response.flags,
    Response.consented,
    Response.consent_hash,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which responses: of one questionnaire, on the days first_on…last_on."""

    questionnaire_id: int
    first_on: date
    last_on: date
    person: User | None = None  # None sees all: for the command line

    def limit(self, statement: Any) -> Any:
        statement = statement.where(
            Response.questionnaire_id == self.questionnaire_id,
            Response.submitted_on.between(self.first_on, self.last_on),
        )
        return limited(statement, Response.unit_id, self.person) if self.person else statement


def issued_versions(questionnaire_id: int) -> list[Version]:
    """Newest first."""
    statement = (
        select(Version)
        .where(Version.questionnaire_id == questionnaire_id, Version.status != Status.DRAFT)
        .order_by(Version.number.desc())
    )
    return list(db.session.scalars(statement))


def days(questionnaire_id: int, person: User | None) -> tuple[date, date] | None:
    """The first and the last day with a response."""
    wanted = Wanted(questionnaire_id, date.min, date.max, person)
    first, last = db.session.execute(
        wanted.limit(select(func.min(Response.submitted_on), func.max(Response.submitted_on)))
    ).one()
    return (first, last) if first else None


def hidden_units(wanted: Wanted, min_n: int) -> frozenset[int]:
    """Units whose rows must not name them. Raises Invalid when there are too few responses in all."""
    counted = db.session.execute(
        wanted.limit(select(Response.unit_id, func.count())).group_by(Response.unit_id)
    )
    counts: dict[int, int] = {row[0]: row[1] for row in counted}
    if sum(counts.values()) < min_n:
        raise Invalid(_l("There are fewer than %(n)s responses on these days: too few to export.", n=min_n))
    return suppress(counts, min_n)


def stream(wanted: Wanted) -> Iterator[tuple[Row[Any], Sentiments]]:
    """Each response with the sentiments of its comments, by day; within a day in the order of random ids."""
    statement = wanted.limit(select(*_COLUMNS)).order_by(Response.submitted_on, Response.id)
    result = db.session.execute(statement.execution_options(yield_per=CHUNK))
    for rows in result.partitions(CHUNK):
        sentiments = _sentiments([row.id for row in rows])
        for row in rows:
            yield row, sentiments[row.id]


def _sentiments(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Sentiments]:
    found: dict[uuid.UUID, Sentiments] = defaultdict(dict)
    statement = select(Comment.response_id, Comment.question_code, Comment.label, Comment.score)
    for response_id, code, label, score in db.session.execute(statement.where(Comment.response_id.in_(ids))):
        found[response_id][code] = (label, round(score, 4))
    return found
