"""Reading one response: its sentiments and topics, quality flags and counts; and writing what was read."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from survey import models
from survey.extensions import db
from survey.models import Original, Response, Version
from survey.processing import originals
from survey.processing.counting import Said, counts_of, place_of
from survey.processing.cuts import Place
from survey.processing.duplicates import Key, texts_seen_before
from survey.processing.flags import flags_of
from survey.processing.masking import write_answers
from survey.processing.reader import Reader
from survey.processing.searching import words_of
from survey.processing.understanding import Comment, Topic, Understood, understand
from survey.processing.words import Saying, Words, purpose_of, spoken
from survey.questions.definition import Definition, definition_of

WORKER_DIED = "worker died"
FIRST_PAUSE = timedelta(seconds=10)  # doubled at each further try

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    response_id: uuid.UUID
    version_id: int
    place: Place
    attempts: int
    submitted_at: datetime
    counts: tuple[tuple[int, str], ...] = ()  # (series id, value)
    comments: tuple[dict[str, Any], ...] = ()
    topics: tuple[dict[str, Any], ...] = ()  # rows of comment_topic
    flags: tuple[str, ...] = ()
    problem: str | None = None
    anonymous: bool = False
    masking: originals.Masking | None = None  # None: there was nothing to hide
    matches: tuple[Any, ...] = ()  # of rules, see survey/alerts/judging.py


def versions_of(batch: Sequence[Row[Any]]) -> dict[int, Version]:
    ids = {response.version_id for response in batch}
    return {version.id: version for version in db.session.scalars(select(Version).where(Version.id.in_(ids)))}


def read_all(
    batch: Sequence[Row[Any]],
    versions: Mapping[int, Version],
    words: Mapping[uuid.UUID, Words],
    reader: Reader,
) -> list[Reading]:
    with_ = reader, texts_seen_before(batch, words)
    return [_read_safely(response, versions[response.version_id], words, with_) for response in batch]


def _read_safely(
    response: Row[Any], version: Version, words: Mapping[uuid.UUID, Words], with_: tuple[Reader, set[Key]]
) -> Reading:
    """Whatever goes wrong with one response must not stop the others; it is tried again, then shown."""
    try:
        said = words.get(response.id) or spoken(definition_of(version), response.answers)
        return read(response, version, said, *with_)
    except Exception as error:
        log.exception("response %s could not be read", response.id)
        return _unread(response, type(error).__name__)


def _unread(response: Row[Any], problem: str) -> Reading:
    return Reading(
        response.id,
        response.version_id,
        place_of(response),
        response.attempts,
        response.submitted_at,
        problem=problem,
    )


def read(response: Row[Any], version: Version, words: Words, reader: Reader, seen: set[Key]) -> Reading:
    definition = definition_of(version)
    found = _understood(response, definition, words, reader)
    duplicate = any((response.questionnaire_id, one.text_hash) in seen for one in words.comments)
    flags = flags_of(definition, response.answers, response.seconds, duplicate)
    said = {code: Said(one.columns["label"], one.said) for code, one in found.items()}
    counted = counts_of(definition, response.answers, said, flags)
    return Reading(
        response.id,
        version.id,
        place_of(response),
        response.attempts,
        response.submitted_at,
        counts=tuple((version.series[code], value) for code, value in counted),
        comments=tuple(
            _comment(response, version, one, found[one.question.code].columns) for one in words.comments
        ),
        topics=tuple(row for code, one in found.items() for row in topic_rows(response, code, one.topics)),
        flags=tuple(flags),
        anonymous=definition.privacy.anonymous,
        masking=words.masking if words.masking.hidden else None,
    )


def _understood(
    response: Row[Any], definition: Definition, words: Words, reader: Reader
) -> dict[str, Understood]:
    """By question code. It is read as it was written; what is stored is masked."""
    if not words.comments:
        return {}
    given = [
        Comment(one.written, one.hidden, response.locale, purpose_of(one.question), definition.sector)
        for one in words.comments
    ]
    found = understand(given, reader)
    return {said.question.code: one for said, one in zip(words.comments, found, strict=True)}


def _comment(
    response: Row[Any], version: Version, saying: Saying, found: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "response_id": response.id,
        "question_code": saying.question.code,
        "series_id": version.series[saying.question.code],
        "questionnaire_id": response.questionnaire_id,
        "unit_id": response.unit_id,
        "service_type_id": response.service_type_id,
        "channel": response.channel,
        "locale": response.locale,
        "submitted_on": response.submitted_on,
        "purpose": purpose_of(saying.question),
        "text": saying.text,
        "text_hash": saying.text_hash,
        "words": words_of(saying.text, response.unit_id),
        **found,
    }


def topic_rows(response: Row[Any], code: str, topics: Iterable[Topic]) -> Iterator[dict[str, Any]]:
    """Of one comment, as `comment_topic` takes them."""
    for one in topics:
        yield {
            "response_id": response.id,
            "question_code": code,
            **one._asdict(),
            "questionnaire_id": response.questionnaire_id,
            "unit_id": response.unit_id,
            "submitted_on": response.submitted_on,
        }


def finished(readings: Sequence[Reading], at: datetime) -> None:
    """Stores the comments and flags and marks the responses as processed."""
    _insert(models.Comment, [comment for reading in readings for comment in reading.comments])
    _insert(models.CommentTopic, [topic for reading in readings for topic in reading.topics])
    hiding = {r.response_id: r.masking for r in readings if r.masking is not None}
    if hiding:
        _insert(Original, [originals.sealed(id_, m.hidden) for id_, m in hiding.items()])
        write_answers({id_: m.answers for id_, m in hiding.items()})
    if readings:
        db.session.connection().execute(
            update(Response)
            .where(Response.id == bindparam("this"))
            .values(processed_at=bindparam("done"), flags=bindparam("found"), retry_at=None),
            [
                {
                    "this": r.response_id,
                    "found": list(r.flags) or None,
                    "done": max(_coarse(at) if r.anonymous else at, r.submitted_at),
                }
                for r in readings
            ],
        )


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """Into the table itself: no object of the session is to be made of a row."""
    if rows:
        db.session.connection().execute(insert(model.__table__), rows)


def _coarse(at: datetime) -> datetime:
    """The day alone: when an anonymous response was processed would tell when it was sent."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def longest_pause(most_tries: int) -> timedelta:
    return _pause(most_tries - 1)


def _pause(tries: int) -> timedelta:
    """After so many tries."""
    return FIRST_PAUSE * 2 ** (tries - 1)


def failed(readings: Sequence[Reading], at: datetime, most_tries: int) -> None:
    """Another try after a growing pause; after the last one the response is shown as failed."""
    for reading in readings:
        over = reading.attempts >= most_tries
        db.session.execute(
            update(Response)
            .where(Response.id == reading.response_id)
            .values(
                failure=reading.problem,
                failed_at=at if over else None,
                retry_at=None if over else at + _pause(reading.attempts),
            )
        )


def never_came_back(ids: Sequence[uuid.UUID], at: datetime) -> None:
    """Whoever read them died at each try: they are shown as failed."""
    db.session.execute(
        update(Response)
        .where(Response.id.in_(ids))
        .values(failure=func.coalesce(Response.failure, WORKER_DIED), failed_at=at, retry_at=None)
    )
