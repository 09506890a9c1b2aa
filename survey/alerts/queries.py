"""Reading rules and alerts, as far as a person may see."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import joinedload, selectinload

from survey.access import EVERYWHERE, limited, within
from survey.alerts.active import holding
from survey.errors import Missing
from survey.extensions import db
from survey.models import Alert, AlertMatch, Rule, RuleEvent, Unit, User

PAGE = 50


def _speaks_to(person: User) -> ColumnElement[bool]:
    """Rules of the units that the person sees, and of those above, which hold there too."""
    if person.role in EVERYWHERE and person.unit is None:
        return true()
    path = person.unit.path if person.unit else ""
    return or_(within(person), literal(path).startswith(Unit.path))


def rules(person: User) -> Sequence[RuleEvent]:
    """What holds of each: those that are on first."""
    statement = (
        select(RuleEvent)
        .join(Unit, Unit.id == RuleEvent.unit_id)
        .where(holding(), _speaks_to(person))
        .options(joinedload(RuleEvent.unit), joinedload(RuleEvent.questionnaire))
        .order_by(RuleEvent.active.desc(), Unit.path, RuleEvent.rule_id)
    )
    return db.session.scalars(statement).all()


def rule_of(person: User, number: int, *, to_change: bool = False) -> Rule:
    """Raises Missing for one that does not exist and for one that is not this person's to see or to change."""
    seen = within(person) if to_change else _speaks_to(person)
    statement = (
        select(Rule)
        .join(RuleEvent, RuleEvent.rule_id == Rule.id)
        .join(Unit, Unit.id == RuleEvent.unit_id)
        .where(Rule.id == number, holding(), seen)
        .options(selectinload(Rule.events).joinedload(RuleEvent.by))
    )
    found: Rule | None = db.session.scalar(statement)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    alert: Alert
    responses: int  # 0 of a signal in the figures


@dataclass(frozen=True, slots=True)
class Page:
    alerts: Sequence[Listed]
    older: str  # the place to go on from; empty at the end


@dataclass(frozen=True, slots=True)
class Asked:
    """Which alerts; empty means any."""

    unit: Unit | None = None
    severity: str = ""
    rule_id: int | None = None
    held: bool | None = None
    older_than: str = ""


def alerts(person: User, asked: Asked) -> Page:
    """The newest days first; within a day in no order that would tell a time."""
    statement = limited(_asked(asked), Alert.unit_id, person)
    place = _place(asked.older_than)
    if place:
        statement = statement.where(tuple_(Alert.raised_on, Alert.id) < tuple_(*place))
    statement = statement.order_by(Alert.raised_on.desc(), Alert.id.desc()).limit(PAGE + 1)
    found = db.session.scalars(statement.options(joinedload(Alert.event), joinedload(Alert.unit))).all()
    sizes = _sizes([alert.id for alert in found[:PAGE]])
    listed = [Listed(alert, sizes.get(alert.id, 0)) for alert in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(listed, f"{last.raised_on.isoformat()}~{last.id.hex}" if last else "")


def _asked(asked: Asked) -> Any:
    statement = select(Alert)
    if asked.unit is not None:
        below = select(Unit.id).where(Unit.path.startswith(asked.unit.path, autoescape=True))
        statement = statement.where(Alert.unit_id.in_(below))
    if asked.severity:
        statement = statement.where(Alert.severity == asked.severity)
    if asked.rule_id is not None:
        statement = statement.where(Alert.rule_id == asked.rule_id)
    if asked.held is not None:
        statement = statement.where(Alert.held.is_(asked.held))
    return statement


def _place(text: str) -> tuple[date, uuid.UUID] | None:
    try:
        day, _mark, key = text.partition("~")
        return date.fromisoformat(day), uuid.UUID(hex=key)
    except ValueError:
        return None


def _sizes(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, int]:
    counted = select(AlertMatch.alert_id, func.count().label("n")).where(AlertMatch.alert_id.in_(ids))
    return {row.alert_id: row.n for row in db.session.execute(counted.group_by(AlertMatch.alert_id))}
