"""Registering, amending and stopping an improvement: each is one more event, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import audit, clock
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.figures import current, earlier, metrics_of, subjects
from survey.models import (
    Action,
    ActionEvent,
    ActionUnit,
    Direction,
    Happened,
    Part,
    Questionnaire,
    Unit,
    User,
)
from survey.models.target import METRICS


@dataclass(frozen=True, slots=True)
class Terms:
    title: str
    question_code: str
    metric: str
    starts_on: date
    direction: str
    expected: str
    responsible: str
    units: tuple[Unit, ...]
    comparators: tuple[Unit, ...] = ()

    @classmethod
    def of(cls, event: ActionEvent) -> Terms:
        return cls(
            title=event.title,
            question_code=event.question_code,
            metric=event.metric,
            starts_on=event.starts_on,
            direction=event.direction,
            expected=event.expected,
            responsible=event.responsible,
            units=tuple(event.units()),
            comparators=tuple(event.units(Part.COMPARES)),
        )

    def told(self) -> dict[str, str]:
        """For the audit trail."""
        names = ("title", "question_code", "metric", "direction", "expected", "responsible")
        return {name: getattr(self, name) for name in names} | {
            "starts_on": self.starts_on.isoformat(),
            "units": ", ".join(unit.code for unit in self.units),
            "comparators": ", ".join(unit.code for unit in self.comparators),
        }


def register(questionnaire: Questionnaire, terms: Terms, person: User | None) -> Action:
    _check(questionnaire, terms)
    action = Action(questionnaire=questionnaire)
    db.session.add(action)
    db.session.flush()
    _add(action, 1, Happened.REGISTERED, terms, "", person)
    audit.record(audit.Deed.CREATED, _thing(action), {"new": terms.told()})
    return action


def amend(action: Action, terms: Terms, why: str, person: User | None) -> None:
    """Raises Conflict for one that was stopped, Invalid where nothing differs."""
    before = Terms.of(_last(action))
    _check(action.questionnaire, terms)
    old, new = before.told(), terms.told()
    changed = [name for name in old if old[name] != new[name]]
    if not changed:
        raise Invalid(_l("Nothing is changed yet."), field="why")
    _add(action, action.now.number + 1, Happened.AMENDED, terms, why, person)
    told = {name: {key: of[key] for key in changed} for name, of in (("old", old), ("new", new))}
    audit.record(audit.Deed.CHANGED, _thing(action), told | {"reason": why})


def stop(action: Action, why: str, person: User | None) -> None:
    """For good. Raises Conflict for one that was stopped before."""
    terms = Terms.of(_last(action))
    _add(action, action.now.number + 1, Happened.STOPPED, terms, why, person)
    audit.record(audit.Deed.CLOSED, _thing(action), {"reason": why})


def measurable(questionnaire: Questionnaire) -> Iterator[tuple[str, str, Any]]:
    """Question code, metric and wording of whatever an action may be about."""
    version = current(questionnaire)
    for subject in subjects(version).values() if version else ():
        for metric in metrics_of(subject.track):
            if metric in METRICS:
                yield subject.code, metric, subject.track.wording


def _last(action: Action) -> ActionEvent:
    """The terms that hold; whoever changes them at the same time waits."""
    db.session.execute(select(Action.id).where(Action.id == action.id).with_for_update())
    db.session.refresh(action, ["events"])
    if action.stopped:
        raise Conflict(_l("This action was stopped; it is not changed any more."), field="why")
    return action.now


def _add(action: Action, number: int, kind: Happened, terms: Terms, why: str, person: User | None) -> None:
    db.session.add(
        ActionEvent(
            action_id=action.id,
            number=number,
            kind=kind,
            at=clock.now(),
            by_id=person.id if person else None,
            why=why,
            title=terms.title,
            question_code=terms.question_code,
            metric=terms.metric,
            starts_on=terms.starts_on,
            responsible=terms.responsible,
            direction=terms.direction,
            expected=terms.expected,
        )
    )
    db.session.flush()
    for part, units in ((Part.ACTS, terms.units), (Part.COMPARES, terms.comparators)):
        places = [
            ActionUnit(action_id=action.id, number=number, unit_id=unit.id, part=part) for unit in units
        ]
        db.session.add_all(places)
    db.session.flush()
    db.session.refresh(action, ["events"])


def _check(questionnaire: Questionnaire, terms: Terms) -> None:
    if terms.direction not in set(Direction):
        raise Invalid(_l("Please choose one."), field="direction")
    if not terms.units:
        raise Invalid(_l("Please choose at least one unit."), field="units")
    if any(one.contains(other) or other.contains(one) for one, other in combinations(terms.units, 2)):
        raise Invalid(_l("One of these units lies below another: choose one of them."), field="units")
    if any(one.contains(other) or other.contains(one) for one in terms.units for other in terms.comparators):
        message = _l("A unit to compare with must not take part, nor lie above or below one that does.")
        raise Invalid(message, field="comparators")
    if any(one.contains(other) or other.contains(one) for one, other in combinations(terms.comparators, 2)):
        raise Invalid(_l("One of these units lies below another: choose one of them."), field="comparators")
    if not _known(questionnaire, terms):
        raise Invalid(_l("Please choose one."), field="measured")


def _known(questionnaire: Questionnaire, terms: Terms) -> bool:
    """Questions of versions before count too: what was registered for them may be amended."""
    offered = {(code, metric) for code, metric, _wording in measurable(questionnaire)}
    before = (metrics_of(subject.track) for subject in earlier(questionnaire, terms.question_code))
    return (terms.question_code, terms.metric) in offered or (
        terms.metric in METRICS and any(terms.metric in metrics for metrics in before)
    )


def _thing(action: Action) -> audit.Thing:
    """An entry belongs to a unit only where no other unit is named in it."""
    named = {place.unit_id for event in action.events for place in event.places}
    unit_id = next(iter(named)) if len(named) == 1 else None
    return audit.Thing("action", str(action.id), action.now.title, unit_id)
