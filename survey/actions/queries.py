"""Reading actions: those whose every unit a person may see, also units they had before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import selectinload

from survey.access import unit_ids
from survey.errors import Missing
from survey.extensions import db
from survey.models import Action, ActionEvent, ActionUnit, Questionnaire, User

PAGE = 10  # each is judged anew when it is listed: some 15 ms

LOADED = (
    selectinload(Action.events).selectinload(ActionEvent.places).joinedload(ActionUnit.unit),
    selectinload(Action.events).joinedload(ActionEvent.by),
    selectinload(Action.questionnaire).selectinload(Questionnaire.versions),
)


def actions(person: User, page: int = 1) -> tuple[Sequence[Action], bool]:
    """One page, the newest first, and whether there are more."""
    statement = _seen(person).order_by(Action.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    found = db.session.scalars(statement.options(*LOADED)).all()
    return found[:PAGE], len(found) > PAGE


def action_of(person: User, number: int) -> Action:
    """Raises Missing for an action that does not exist and for one of a unit that is not this person's to see."""
    found: Action | None = db.session.scalar(_seen(person).where(Action.id == number).options(*LOADED))
    if found is None:
        raise Missing
    return found


def _seen(person: User) -> Select[Any]:
    return select(Action).where(~_elsewhere(person))


def _elsewhere(person: User) -> ColumnElement[bool]:
    foreign = ActionUnit.unit_id.not_in(unit_ids(person))
    return exists().where(ActionUnit.action_id == Action.id, foreign)
