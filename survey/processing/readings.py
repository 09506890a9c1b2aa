"""Reading one response: its sentiments, quality flags and counts; and writing what was read."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from survey.extensions import db
from survey.models import Comment, Original, Response, Version
from survey.processing import originals
from survey.processing.counting import counts_of, place_of
from survey.processing.cuts import Place
from survey.processing.duplicates import Key, comments_of, text_hash
from survey.processing.flags import flags_of
from survey.processing.masking import write_answers
from survey.processing.sentiment import classify, method_of
from survey.questions.base import Question
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
    flags: tuple[str, ...] = ()
    problem: str | None = None
    anonymous: bool = False
    masking: originals.Masking | None = None  # None: there was nothing to hide


def versions_of(batch: Sequence[Row[Any]]) -> dict[int, Version]:
    ids = {response.version_id for response in batch}
    return {version.id: version for version in db.session.scalars(select(Version).where(Version.id.in_(ids)))}


def read_all(batch: Sequence[Row[Any]], versions: Mapping[int, Version], seen: set[Key]) -> list[Reading]:
    return [_read_safely(response, versions[response.version_id], seen) for response in batch]


def _read_safely(response: Row[Any], version: Version, seen: set[Key]) -> Reading:
    """Whatever goes wrong with one response must not stop the others; it is tried again, then shown."""
    try:
        return read(response, version, seen)
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


def read(response: Row[Any], version: Version, seen: set[Key]) -> Reading:
    definition = definition_of(version)
    masking = originals.masked(definition, response.answers)
    comments = _comments(response, version, definition, masking.answers)
    duplicate = any((c["questionnaire_id"], c["text_hash"]) in seen for c in comments)
    flags = flags_of(definition, response.answers, response.seconds, duplicate)
    sentiments = {c["question_code"]: c["label"] for c in comments}
    counted = counts_of(definition, response.answers, sentiments, flags)
    return Reading(
        response.id,
        version.id,
        place_of(response),
        response.attempts,
        response.submitted_at,
        counts=tuple((version.series[code], value) for code, value in counted),
        comments=comments,
        flags=tuple(flags),
        anonymous=definition.privacy.anonymous,
        masking=masking if masking.hidden else None,
    )


def _comments(
    response: Row[Any], version: Version, definition: Definition, masked: Mapping[str, Any]
) -> tuple[dict[str, Any], ...]:
    """Their sentiment is that of what was written; what is stored is masked."""
    said = [(definition.by_code[code], text) for code, text in comments_of(definition, response.answers)]
    if not said:
        return ()
    purposes = [purpose_of(question) for question, _ in said]
    found = classify([text for _, text in said], [response.locale] * len(said), purposes)
    return tuple(
        _comment(response, version, question, masked[question.code], sentiment)
        for (question, _text), sentiment in zip(said, found, strict=True)
    )


def purpose_of(question: Question) -> str:
    return getattr(question, "purpose", "open")


def _comment(
    response: Row[Any], version: Version, question: Question, text: str, found: Any
) -> dict[str, Any]:
    return {
        "response_id": response.id,
        "question_code": question.code,
        "series_id": version.series[question.code],
        "questionnaire_id": response.questionnaire_id,
        "unit_id": response.unit_id,
        "service_type_id": response.service_type_id,
        "channel": response.channel,
        "locale": response.locale,
        "submitted_on": response.submitted_on,
        "purpose": purpose_of(question),
        "text": text,
        "text_hash": text_hash(text),
        "language": found.language,
        "label": found.label.value,
        "score": found.score,
        "method": method_of(found),
    }


def finished(readings: Sequence[Reading], at: datetime) -> None:
    """Stores the comments and flags and marks the responses as processed."""
    comments = [comment for reading in readings for comment in reading.comments]
    if comments:
        db.session.execute(insert(Comment), comments)
    hiding = {r.response_id: r.masking for r in readings if r.masking is not None}
    if hiding:
        db.session.execute(insert(Original), [originals.sealed(id_, m.hidden) for id_, m in hiding.items()])
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
