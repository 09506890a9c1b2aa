"""What a rule would have found in the past: the newest responses first, as many as can be read in a few seconds.

Stored comments are masked, so a keyword that is somebody's name is not found here. Of units of which few answered
nothing is listed.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, func, or_, select

from survey.access import limited
from survey.alerts import bursts
from survey.alerts.parts import Reason
from survey.alerts.said import Judged, Remark
from survey.alerts.service import Wanted
from survey.alerts.terms import Terms
from survey.extensions import db
from survey.models import Comment, CommentTopic, Response, Severity, Unit, User, Version
from survey.questions.definition import Definition, definition_of

SECONDS = 6.0  # of reading; what it could not reach is told
CHUNK = 1000  # responses
LISTED = 50


@dataclass(frozen=True, slots=True)
class Hit:
    response_id: uuid.UUID
    unit_id: int
    day: date
    reasons: tuple[Reason, ...]
    texts: tuple[str, ...] = ()  # masked


@dataclass(frozen=True)
class Tried:
    first_on: date  # of the days that were read
    last_on: date
    responses: int  # of these days and of what the rule is about
    few: bool = False  # too few to say anything
    whole: bool = True  # whether all days asked for were read
    hits: Sequence[Hit] = ()
    alerts: int = 0  # a burst counts once
    held: int = 0  # of these, over the limit
    most_a_day: int = 0  # alerts of one unit, not held
    small_units: frozenset[int] = field(default_factory=frozenset)

    @property
    def listed(self) -> Sequence[Hit]:
        return [hit for hit in self.hits if hit.unit_id not in self.small_units][:LISTED]


def try_on_past(wanted: Wanted, days: tuple[date, date], person: User, min_n: int) -> Tried:
    """On the responses of these days, both included, that the person may see."""
    first, last = days
    by_unit = _answered(wanted, days, person)
    total = sum(by_unit.values())
    if total < min_n:
        return Tried(first, last, total, few=True)
    hits, reached = _read(wanted, days, person)
    alerts, held, most = _alerts(hits, wanted)
    return Tried(
        reached or first,
        last,
        total,
        whole=reached is None,
        hits=_with_texts(hits[: 4 * LISTED]) + hits[4 * LISTED :],
        alerts=alerts,
        held=held,
        most_a_day=most,
        small_units=frozenset(unit for unit, n in by_unit.items() if n < min_n),
    )


def _about(statement: Any, wanted: Wanted, days: tuple[date, date], person: User) -> Any:
    below = select(Unit.id).where(Unit.path.startswith(wanted.unit.path, autoescape=True))
    statement = statement.where(
        Response.submitted_on.between(*days), Response.processed_at.is_not(None), Response.unit_id.in_(below)
    )
    if wanted.questionnaire is not None:
        statement = statement.where(Response.questionnaire_id == wanted.questionnaire.id)
    return limited(statement, Response.unit_id, person)


def _answered(wanted: Wanted, days: tuple[date, date], person: User) -> dict[int, int]:
    counted = select(Response.unit_id, func.count().label("n")).group_by(Response.unit_id)
    return {row.unit_id: row.n for row in db.session.execute(_about(counted, wanted, days, person))}


def _read(wanted: Wanted, days: tuple[date, date], person: User) -> tuple[list[Hit], date | None]:
    """The hits, and the day up to which was read where there was no time for all."""
    definitions = _definitions(wanted)
    columns = Response.id, Response.version_id, Response.unit_id, Response.submitted_on, Response.answers
    may = or_(
        false(),
        *(
            and_(Response.version_id == number, _stored(wanted.conditions, definition))
            for number, definition in definitions.items()
        ),
    )
    statement = _about(select(*columns).where(may), wanted, days, person)
    order = Response.submitted_on.desc(), Response.id
    until = time.monotonic() + SECONDS
    hits: list[Hit] = []
    rows = db.session.execute(statement.order_by(*order), execution_options={"yield_per": CHUNK})
    for chunk in rows.partitions(CHUNK):
        hits += _judged(chunk, wanted.conditions, definitions)
        if time.monotonic() > until:
            rows.close()
            return hits, chunk[-1].submitted_on
    return hits, None


def _definitions(wanted: Wanted) -> dict[int, Definition]:
    versions = select(Version).where(Version.published_at.is_not(None))
    if wanted.questionnaire is not None:
        versions = versions.where(Version.questionnaire_id == wanted.questionnaire.id)
    found = {version.id: definition_of(version) for version in db.session.scalars(versions)}
    return {number: definition for number, definition in found.items() if wanted.conditions.fits(definition)}


def _stored(terms: Terms, definition: Definition) -> ColumnElement[bool]:
    parts = [part.stored(definition) for part in terms.parts]
    return and_(*parts) if terms.match == "all" else or_(*parts)


def _judged(chunk: Sequence[Row[Any]], terms: Terms, definitions: Mapping[int, Definition]) -> Iterator[Hit]:
    said = _remarks([row.id for row in chunk])
    for row in chunk:
        given = Judged(definitions[row.version_id], row.answers, tuple(said.get(row.id, ())))
        reasons = terms.judge(given)
        if reasons is not None:
            yield Hit(row.id, row.unit_id, row.submitted_on, reasons)


def _remarks(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Remark]]:
    topics: dict[tuple[uuid.UUID, str], dict[str, str]] = defaultdict(dict)
    of_topics = select(
        CommentTopic.response_id, CommentTopic.question_code, CommentTopic.topic, CommentTopic.label
    )
    whole = CommentTopic.response_id.in_(ids), CommentTopic.subtopic == ""
    for id_, code, topic, label in db.session.execute(of_topics.where(*whole)):
        topics[id_, code][topic] = label
    found: dict[uuid.UUID, list[Remark]] = defaultdict(list)
    columns = select(Comment.response_id, Comment.question_code, Comment.text, Comment.label)
    for row in db.session.execute(columns.where(Comment.response_id.in_(ids), Comment.text != "")):
        key = row.response_id, row.question_code
        found[row.response_id].append(Remark(row.text, row.label, topics.get(key, {})))
    return found


def _with_texts(hits: Sequence[Hit]) -> list[Hit]:
    said = _remarks([hit.response_id for hit in hits])
    return [
        Hit(
            hit.response_id,
            hit.unit_id,
            hit.day,
            hit.reasons,
            tuple(one.text for one in said.get(hit.response_id, ())),
        )
        for hit in hits
    ]


def _alerts(hits: Sequence[Hit], wanted: Wanted) -> tuple[int, int, int]:
    """How many alerts, how many of them held, and the most that one unit would have had on a day."""
    limit = None if wanted.severity == Severity.SERIOUS else wanted.most
    days: dict[int, list[date]] = {}
    for unit_id in {hit.unit_id for hit in hits}:
        mine = [bursts.Seen(hit.response_id, hit.day) for hit in hits if hit.unit_id == unit_id]
        days[unit_id] = sorted(_days(mine, wanted.conditions))
    told = {unit_id: _within(those, limit, wanted.most_days) for unit_id, those in days.items()}
    total, kept = (sum(map(len, of.values())) for of in (days, told))
    most = max((max(Counter(those).values()) for those in told.values() if those), default=0)
    return total, total - kept, most


def _days(seen: Sequence[bursts.Seen], terms: Terms) -> Iterator[date]:
    if not terms.burst:
        yield from (one.day for one in seen)
        return
    day_of = {one.response_id: one.day for one in seen}
    for burst in bursts.gathered(seen, terms):
        yield day_of[burst.members[0]]


def _within(days: Sequence[date], limit: int | None, most_days: int) -> list[date]:
    """The days of the alerts that are not over the limit."""
    told: list[date] = []
    for day in days:
        recent = sum(day - other < timedelta(days=most_days) for other in told)
        if limit is None or recent < limit:
            told.append(day)
    return told
