"""The worker's part of rules on figures: each new signal is an alert and a case for analysis, once.

An alert's `signal` is unique in its rule; alert and case are one transaction. Whatever is cut off has not happened,
whatever runs twice finds it done. Looked at are the last periods that are over, so that a worker that stood still
misses none, and what came late counts; of the time before the rule was switched on nothing is told.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from flask import current_app
from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from survey import clock
from survey.alerts import told
from survey.alerts.active import holding
from survey.alerts.signals import Looked, Signal, back, last_whole, signals
from survey.alerts.watch import Watch, watch_of
from survey.cases.service import open_case
from survey.config import Settings
from survey.extensions import db
from survey.figures import Publication, places
from survey.models import Alert, CaseKind, RuleEvent, RuleHappened, Unit

CATCH_UP = 3  # periods before the newest
_TABLE = cast(Table, Alert.__table__)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def work_off() -> int:
    settings: Settings = current_app.extensions["settings"]
    now, done = clock.now(), 0
    today = clock.day_of(now, settings.timezone)
    for event in _rules(today):
        for signal, watch in list(_found(event, today, settings)):
            done += raised(event, signal, watch, today, now)
            db.session.commit()
    db.session.rollback()
    return done


def _rules(today: date) -> list[RuleEvent]:
    rows = select(RuleEvent).where(RuleEvent.active, holding(), RuleEvent.valid_from <= today)
    found = db.session.scalars(rows.order_by(RuleEvent.rule_id)).all()
    return [
        event
        for event in found
        if watch_of(event.terms) and (event.valid_to is None or event.valid_to >= today)
    ]


def _found(event: RuleEvent, today: date, settings: Settings) -> Iterator[tuple[Signal, Watch]]:
    watch = watch_of(event.terms)
    if watch is None or event.questionnaire is None:
        return
    seen = places(None)
    published = Publication(None, event.questionnaire.id, seen, settings.min_n)
    look = Looked(event.questionnaire, watch, seen, published)
    last = last_whole(today, watch.grain)
    first = max(back(last, watch.grain, CATCH_UP), event.valid_from, _since(event, settings.timezone))
    for unit in units(event.unit, watch, seen.units.values()):
        for signal in signals(look, unit, (first, last), _known(event, watch, unit)):
            yield signal, watch


def units(unit: Unit, watch: Watch, seen: Any) -> list[Unit]:
    """The unit with all below it; where each is watched, also each of those below."""
    return [
        one
        for one in seen
        if one.closed_at is None and (one.id == unit.id or (watch.each and unit.contains(one)))
    ]


def _since(event: RuleEvent, timezone: str) -> date:
    """The day on which it was switched on last."""
    mine = RuleEvent.rule_id == event.rule_id, RuleEvent.kind == RuleHappened.SWITCHED_ON
    last = db.session.scalar(select(RuleEvent.at).where(*mine).order_by(RuleEvent.number.desc()).limit(1))
    return clock.day_of(last or event.at, timezone)


def _known(event: RuleEvent, watch: Watch, unit: Unit) -> Sequence[tuple[str, date]]:
    """Tags and periods of what the rule told of this unit."""
    start = f"{watch.key}:"
    mine = Alert.rule_id == event.rule_id, Alert.unit_id == unit.id
    rows = db.session.scalars(
        select(Alert.signal).where(*mine, Alert.signal.startswith(start, autoescape=True))
    )
    parts = [row.removeprefix(start).rpartition(":") for row in rows if row]
    return [(tag, date.fromisoformat(day)) for tag, _bar, day in parts]


def raised(event: RuleEvent, signal: Signal, watch: Watch, today: date, now: datetime) -> bool:
    """Whether it is new. The caller commits."""
    code = event.questionnaire.code if event.questionnaire else ""
    why = told.reason(signal, watch, code)
    row = {
        "id": uuid.uuid4(),
        "rule_id": event.rule_id,
        "number": event.number,
        "unit_id": signal.unit.id,
        "severity": event.severity,
        "raised_on": today,
        "held": False,
        "signal": signal.key(watch),
        "reasons": [why],
    }
    connection = db.session.connection()
    insert = _INSERT[connection.dialect.name](_TABLE).values(row)
    fresh = insert.on_conflict_do_nothing(index_elements=["rule_id", "signal"]).returning(_TABLE.c.id)
    if connection.execute(fresh).first() is None:
        return False
    rule = {"code": f"rule-{event.rule_id}", "names": dict(event.names)}
    open_case(signal.unit.id, event.severity, [], [rule, why], now, CaseKind.ANALYSIS)
    return True
