"""The rules that are switched on, as the worker asks for them: once a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from survey.alerts.terms import Terms
from survey.alerts.watch import watch_of
from survey.extensions import db
from survey.models import RuleEvent, Severity, Unit


@dataclass(frozen=True, slots=True)
class Active:
    rule_id: int
    number: int
    names: Mapping[str, str]
    questionnaire_id: int | None
    unit_id: int
    unit_path: str
    severity: str
    terms: Terms
    valid_from: date
    valid_to: date | None
    most: int | None
    most_days: int

    def about(self, questionnaire_id: int, unit_path: str, day: date) -> bool:
        """Whether it speaks of a response to this questionnaire, about this unit, of this day."""
        return (
            self.questionnaire_id in (None, questionnaire_id)
            and unit_path.startswith(self.unit_path)
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    @property
    def limit(self) -> int | None:
        """Nothing serious waits for the digest."""
        return None if self.severity == Severity.SERIOUS else self.most


def holding() -> ColumnElement[bool]:
    """That an event is the last one of its rule."""
    other = aliased(RuleEvent)
    last = select(func.max(other.number)).where(other.rule_id == RuleEvent.rule_id)
    return RuleEvent.number == last.scalar_subquery()


def active() -> list[Active]:
    rows = db.session.execute(
        select(RuleEvent, Unit.path)
        .join(Unit, Unit.id == RuleEvent.unit_id)
        .where(RuleEvent.active, holding())
        .order_by(RuleEvent.rule_id)
    )
    return [active_of(event, path) for event, path in rows if watch_of(event.terms) is None]


def active_of(event: RuleEvent, unit_path: str) -> Active:
    return Active(
        event.rule_id,
        event.number,
        event.names,
        event.questionnaire_id,
        event.unit_id,
        unit_path,
        event.severity,
        terms_of(event.terms),
        event.valid_from,
        event.valid_to,
        event.most,
        event.most_days,
    )


def terms_of(stored: Any) -> Terms:
    """Of a rule on responses."""
    return _parsed(json.dumps(stored, sort_keys=True))


@lru_cache(maxsize=500)
def _parsed(text: str) -> Terms:
    return Terms.model_validate_json(text)
