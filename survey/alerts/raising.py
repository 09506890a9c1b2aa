"""Matches and alerts, written in the transaction in which responses begin to count.

A response matches a rule once, however often it is read. What is written tells no word of it, and no time but days.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select, update

from survey import clock
from survey.alerts import bursts
from survey.alerts.active import Active
from survey.alerts.judging import Match
from survey.extensions import db
from survey.models import Alert, AlertMatch, Rule
from survey.processing.readings import Reading


@dataclass(frozen=True, slots=True)
class Found:
    reading: Reading
    match: Match

    @property
    def rule(self) -> Active:
        return self.match.rule


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that was raised or, as a burst that goes on, grew."""

    id: uuid.UUID
    rule: Active
    unit_id: int
    responses: tuple[uuid.UUID, ...]
    held: bool = False


def raise_alerts(readings: Sequence[Reading], at: datetime) -> list[Raised]:
    """What was raised now; the readings are of responses that this transaction holds."""
    found = [Found(reading, match) for reading in readings for match in reading.matches]
    if not found:
        return []
    rules = {one.rule.rule_id: one.rule for one in found}
    _lock(rule for rule in rules.values() if rule.terms.burst or rule.limit)
    found = _unknown(found)
    today = clock.day_of(at, current_app.extensions["settings"].timezone)
    single = [one for one in found if not one.rule.terms.burst]
    raised = _raised(single, rules, today)
    ids = {(one.rule.rule_id, one.responses[0]): one.id for one in raised}
    _keep(found, ids)
    for rule in rules.values():
        if rule.terms.burst:
            raised += _bursts(rule, [one for one in found if one.rule.rule_id == rule.rule_id], today)
    return raised


def _lock(rules: Iterable[Active]) -> None:
    """Whoever counts the alerts of a rule waits for others that raise some."""
    ids = sorted(rule.rule_id for rule in rules)
    if ids:
        db.session.execute(
            select(Rule.id).where(Rule.id.in_(ids)).order_by(Rule.id).with_for_update(key_share=True)
        )


def _unknown(found: Sequence[Found]) -> list[Found]:
    """Without what matched before: a response that is read again."""
    ids = {one.reading.response_id for one in found}
    known = select(AlertMatch.rule_id, AlertMatch.response_id).where(AlertMatch.response_id.in_(ids))
    before = {tuple(row) for row in db.session.execute(known)}
    return [one for one in found if (one.rule.rule_id, one.reading.response_id) not in before]


def _raised(single: Sequence[Found], rules: dict[int, Active], today: date) -> list[Raised]:
    counts = {rule.rule_id: _counts(rule, today) for rule in rules.values() if rule.limit}
    raised = []
    for one in single:
        unit_id = one.reading.place.unit_id
        held = _held(one.rule, unit_id, counts.get(one.rule.rule_id))
        raised.append(Raised(uuid.uuid4(), one.rule, unit_id, (one.reading.response_id,), held))
    _store(raised, today)
    return raised


def _counts(rule: Active, today: date) -> Counter[int]:
    """How many alerts of the rule each unit had within its days."""
    rows = db.session.execute(
        select(Alert.unit_id, func.count().label("n"))
        .where(
            Alert.rule_id == rule.rule_id,
            Alert.raised_on > today - timedelta(days=rule.most_days),
            Alert.held.is_(False),
        )
        .group_by(Alert.unit_id)
    )
    return Counter({row.unit_id: row.n for row in rows})


def _held(rule: Active, unit_id: int, counts: Counter[int] | None) -> bool:
    """Whether it is one too many; else it counts."""
    if counts is None or rule.limit is None:
        return False
    if counts[unit_id] >= rule.limit:
        return True
    counts[unit_id] += 1
    return False


def _store(raised: Sequence[Raised], today: date) -> None:
    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "rule_id": one.rule.rule_id,
            "number": one.rule.number,
            "unit_id": one.unit_id,
            "severity": one.rule.severity,
            "raised_on": today,
            "held": one.held,
        }
        for one in raised
    ]
    if rows:
        db.session.execute(insert(Alert), rows)


def _keep(found: Sequence[Found], alerts: dict[tuple[int, uuid.UUID], uuid.UUID]) -> None:
    rows = [
        {
            "rule_id": one.rule.rule_id,
            "response_id": one.reading.response_id,
            "number": one.rule.number,
            "unit_id": one.reading.place.unit_id,
            "happened_on": one.reading.place.day,
            "reasons": [dict(reason) for reason in one.match.reasons],
            "alert_id": alerts.get((one.rule.rule_id, one.reading.response_id)),
        }
        for one in found
    ]
    if rows:
        db.session.execute(insert(AlertMatch), rows)


def _bursts(rule: Active, found: Sequence[Found], today: date) -> list[Raised]:
    """An alert for each unit in which enough came together; one that goes on grows instead."""
    raised: list[Raised] = []
    counts = _counts(rule, today) if rule.limit else None
    for unit_id in sorted({one.reading.place.unit_id for one in found}):
        new = [one.reading.response_id for one in found if one.reading.place.unit_id == unit_id]
        for grown in bursts.gathered(_near(rule, unit_id, new), rule.terms):
            alert_id = grown.alert_id
            if alert_id is None:
                alert_id = uuid.uuid4()
                held = _held(rule, unit_id, counts)
                raised.append(Raised(alert_id, rule, unit_id, grown.members, held))
                _store(raised[-1:], today)
            elif not db.session.scalar(select(Alert.held).where(Alert.id == alert_id)):
                raised.append(Raised(alert_id, rule, unit_id, grown.members))
            _assign(rule, grown.members, alert_id)
    return raised


def _near(rule: Active, unit_id: int, new: Sequence[uuid.UUID]) -> list[bursts.Seen]:
    """What matched in this unit about the days of the new ones, these among them."""
    mine = (AlertMatch.rule_id == rule.rule_id, AlertMatch.unit_id == unit_id)
    days = select(func.min(AlertMatch.happened_on), func.max(AlertMatch.happened_on))
    first, last = db.session.execute(days.where(*mine, AlertMatch.response_id.in_(new))).one()
    around = timedelta(days=rule.terms.within_days)
    rows = db.session.execute(
        select(AlertMatch.response_id, AlertMatch.happened_on, AlertMatch.alert_id).where(
            *mine, AlertMatch.happened_on.between(first - around, last + around)
        )
    )
    fresh = set(new)
    return [
        bursts.Seen(row.response_id, row.happened_on, row.alert_id, row.response_id in fresh) for row in rows
    ]


def _assign(rule: Active, members: Sequence[uuid.UUID], alert_id: uuid.UUID) -> None:
    db.session.execute(
        update(AlertMatch)
        .where(AlertMatch.rule_id == rule.rule_id, AlertMatch.response_id.in_(members))
        .values(alert_id=alert_id),
        execution_options={"synchronize_session": False},
    )
