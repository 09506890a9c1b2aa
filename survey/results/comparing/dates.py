"""Where a date of change may lie between two periods: the series over both, and the actions that began then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from survey.access import unit_ids
from survey.extensions import db
from survey.models import Action, ActionUnit
from survey.results.comparing.choosing import Chosen
from survey.results.comparing.sides import follow
from survey.results.view import View

MOST = 5  # actions named beside a comparison


@dataclass(frozen=True, slots=True)
class Change:
    """The days of both periods together; `on` is the first day of the later one where it follows directly."""

    first_on: date
    last_on: date
    on: date | None
    actions: list[Action]


def change_between(view: View, chosen: Chosen) -> Change | None:
    """None unless two periods are compared."""
    if chosen.by != "period" or not chosen.sides:
        return None
    one, other = chosen.sides
    earlier, later = sorted((one.filters, other.filters), key=lambda filters: filters.first_on)
    on = later.first_on if follow(one, other) else None
    begun = [
        action
        for action in _visible(view)
        if earlier.first_on < action.now.starts_on <= later.last_on and action.stopped is None
    ]
    return Change(earlier.first_on, later.last_on, on, begun[:MOST])


def _visible(view: View) -> list[Action]:
    """The newest first, those whose every unit this person may see."""
    foreign = ActionUnit.unit_id.not_in(unit_ids(view.person))
    statement = (
        select(Action)
        .where(Action.questionnaire_id == view.questionnaire.id)
        .where(~exists().where(ActionUnit.action_id == Action.id, foreign))
        .order_by(Action.id.desc())
        .options(selectinload(Action.events))
    )
    return list(db.session.scalars(statement))
