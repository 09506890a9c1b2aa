"""Which rules the responses of a batch fulfil: pure work of the worker, before anything of it is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from survey.alerts.active import Active, active
from survey.alerts.parts import Reason
from survey.alerts.said import Judged, Remark
from survey.extensions import db
from survey.models import Unit, Version
from survey.processing.readings import Reading
from survey.questions.definition import definition_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Match:
    rule: Active
    reasons: tuple[Reason, ...]


def judged(
    batch: Sequence[Row[Any]], readings: Sequence[Reading], versions: Mapping[int, Version]
) -> list[Reading]:
    """The readings with what rules found in the answers as they were given."""
    rules = active()
    if not rules:
        return list(readings)
    given = {response.id: response for response in batch}
    paths = _paths({response.unit_id for response in batch})
    return [
        reading if reading.problem else _safely(reading, given[reading.response_id], rules, versions, paths)
        for reading in readings
    ]


def _safely(
    reading: Reading,
    response: Row[Any],
    rules: Sequence[Active],
    versions: Mapping[int, Version],
    paths: Mapping[int, str],
) -> Reading:
    """A response that a rule cannot judge is tried again, then shown as failed: none passes unseen."""
    mine = [
        rule
        for rule in rules
        if rule.about(response.questionnaire_id, paths[response.unit_id], response.submitted_on)
    ]
    if not mine:
        return reading
    try:
        return replace(reading, matches=tuple(matches(mine, _judged(reading, response, versions))))
    except Exception as error:
        log.exception("rules could not judge response %s", response.id)
        return replace(reading, problem=type(error).__name__)


def matches(rules: Iterable[Active], given: Judged) -> Iterable[Match]:
    for rule in rules:
        reasons = rule.terms.judge(given)
        if reasons is not None:
            yield Match(rule, reasons)


def _judged(reading: Reading, response: Row[Any], versions: Mapping[int, Version]) -> Judged:
    topics: dict[str, dict[str, str]] = {}
    for row in reading.topics:
        if not row["subtopic"]:
            topics.setdefault(row["question_code"], {})[row["topic"]] = row["label"]
    comments = tuple(
        Remark(response.answers[code], comment["label"], topics.get(code, {}))
        for comment in reading.comments
        for code in [comment["question_code"]]
    )
    return Judged(definition_of(versions[response.version_id]), response.answers, comments)


def _paths(unit_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(unit_ids)))
    return {row.id: row.path for row in rows}
