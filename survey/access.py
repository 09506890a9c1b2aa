"""Roles, and the one place that limits a query to the units a person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from flask_security import auth_required, current_user
from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.orm import InstrumentedAttribute

from survey.errors import Forbidden, Missing
from survey.extensions import db
from survey.models import RoleName, Unit, User

R = TypeVar("R")


class Act(StrEnum):
    """What one may do; roles are granted acts in one table."""

    ADMINISTER = "administer"  # units, service types, users
    DESIGN = "design"  # write and publish questionnaires
    DISTRIBUTE = "distribute"  # links and invitations
    READ_RESULTS = "read_results"
    READ_QUESTIONNAIRES = "read_questionnaires"
    FREEZE_BASELINE = "freeze_baseline"  # of a control chart, with a reason
    WEIGH = "weigh"  # enter the totals that figures are weighted to
    EXPORT = "export"
    IMPORT = "import"
    READ_AUDIT = "read_audit"  # who saw or changed what
    READ_ORIGINALS = "read_originals"  # of comments in which somebody is named, with a reason
    LABEL_COMMENTS = "label_comments"  # say what a comment's sentiment is, in one's units
    READ_FEEDBACK = "read_feedback"  # the summary of the own unit
    IMPROVE = "improve"  # register actions for one's units
    SET_TARGETS = "set_targets"  # and import benchmarks
    READ_DUTY = "read_duty"  # who is there when
    MANAGE_DUTY = "manage_duty"  # rosters, working hours, time limits and drills of one's units
    READ_ALERTS = "read_alerts"  # and the rules that raise them
    MANAGE_RULES = "manage_rules"
    READ_CASES = "read_cases"
    WORK_CASES = "work_cases"  # acknowledge, resolve, close …


_A, _Q, _H, _S, _U = RoleName
GRANTED: dict[Act, frozenset[str]] = {
    Act.ADMINISTER: frozenset({_A}),
    Act.DESIGN: frozenset({_A, _Q}),
    Act.DISTRIBUTE: frozenset({_A, _Q, _H}),
    Act.READ_RESULTS: frozenset({_A, _Q, _H, _U}),
    Act.READ_QUESTIONNAIRES: frozenset({_A, _Q, _H, _U}),
    Act.FREEZE_BASELINE: frozenset({_A, _Q}),
    Act.WEIGH: frozenset({_A, _Q}),
    Act.EXPORT: frozenset({_A, _Q, _U}),
    Act.IMPORT: frozenset({_A}),
    Act.READ_AUDIT: frozenset({_A, _U}),
    Act.READ_ORIGINALS: frozenset({_A}),
    Act.LABEL_COMMENTS: frozenset({_A, _Q, _H}),
    Act.READ_FEEDBACK: frozenset({_A, _Q, _H, _S, _U}),
    Act.IMPROVE: frozenset({_A, _Q, _H}),
    Act.SET_TARGETS: frozenset({_A, _Q}),
    Act.READ_DUTY: frozenset({_A, _Q, _H, _S, _U}),
    Act.MANAGE_DUTY: frozenset({_A, _Q, _H}),
    Act.READ_ALERTS: frozenset({_A, _Q, _H, _U}),
    Act.MANAGE_RULES: frozenset({_A, _Q}),
    Act.READ_CASES: frozenset({_A, _Q, _H, _S, _U}),
    Act.WORK_CASES: frozenset({_A, _Q, _H, _S}),
}


EVERYWHERE = (RoleName.ADMINISTRATOR, RoleName.AUDITOR)  # without a unit of their own


def may(person: User, act: Act) -> bool:
    return bool(person.is_authenticated) and person.active and person.role in GRANTED[act]


def required(act: Act) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """For routes: signed in, and the role allows the act."""

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        @auth_required("session")
        def guarded(*args: Any, **kwargs: Any) -> R:
            if not may(current_user, act):
                raise Forbidden
            return view(*args, **kwargs)

        return guarded

    return decorate


def within(person: User) -> ColumnElement[bool]:
    """A condition on Unit: the units whose figures this person may see."""
    if person.role in EVERYWHERE and person.unit is None:
        return true()
    if person.unit is None:
        return false()
    if person.role == RoleName.STAFF:
        return Unit.id == person.unit_id
    return Unit.path.startswith(person.unit.path, autoescape=True)


def unit_ids(person: User) -> Select[int]:
    """For `column.in_(unit_ids(person))`."""
    return select(Unit.id).where(within(person))


def limited(
    statement: Select[Any], column: InstrumentedAttribute[Any] | ColumnElement[Any], person: User
) -> Select[Any]:
    """The statement, limited to rows whose unit this person may see."""
    if person.role in EVERYWHERE and person.unit is None:
        return statement
    return statement.where(column.in_(unit_ids(person)))


def counted(statement: Select[Any], column: InstrumentedAttribute[Any], person: User | None) -> Select[Any]:
    """The same for tallies, see `among`. `None` may see everything: for the command line."""
    if person is None or (person.role in EVERYWHERE and person.unit is None):
        return statement
    return statement.where(among(column, unit_ids(person)))


def among(column: InstrumentedAttribute[Any], ids: Select[Any]) -> ColumnElement[bool]:
    """That a tally is of one of these units: told of each row that is read, never as a join.

    A plan that PostgreSQL keeps expects one unit. As a join it would read the same stretch of the key for each.
    """
    return column.in_(ids).is_(True)


def visible_units(person: User) -> list[Unit]:
    """As a person reads the tree: each unit before those below it."""
    return [unit for _depth, unit in in_order(db.session.scalars(select(Unit).where(within(person))))]


def in_order(units: Iterable[Unit]) -> list[tuple[int, Unit]]:
    """Each unit with its depth under the topmost given ones, followed by those below it."""
    given = {unit.id: unit for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in given.values():
        below.setdefault(unit.parent_id if unit.parent_id in given else None, []).append(unit)
    found: list[tuple[int, Unit]] = []
    waiting = _last_first(0, below.get(None, []))
    while waiting:
        depth, unit = waiting.pop()
        found.append((depth, unit))
        waiting += _last_first(depth + 1, below.get(unit.id, []))
    return found


def _last_first(depth: int, units: list[Unit]) -> list[tuple[int, Unit]]:
    ordered = sorted(units, key=lambda unit: (unit.position, unit.code), reverse=True)
    return [(depth, unit) for unit in ordered]


def visible_unit(person: User, code: str) -> Unit:
    """Raises Missing for a unit that does not exist and for one that is not this person's to see."""
    unit = db.session.scalar(select(Unit).where(Unit.code == code, within(person)))
    if unit is None:
        raise Missing
    return unit


def sees_all_units(person: User) -> bool:
    """Whether no unit's figures are hidden from this person."""
    return db.session.scalar(select(Unit.id).where(~within(person)).limit(1)) is None
