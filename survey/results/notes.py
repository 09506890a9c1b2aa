"""Small lines on the quality of what is shown."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from survey.access import limited
from survey.extensions import db
from survey.models import Response, Unit
from survey.pipeline import waiting
from survey.results.view import View


def waiting_responses(view: View) -> int:
    """Responses of the selected units that are not in the figures yet."""
    statement: Select[int] = select(func.count()).where(
        waiting(), Response.questionnaire_id == view.questionnaire.id
    )
    if view.filters.unit_path:
        below = Unit.path.startswith(view.filters.unit_path, autoescape=True)
        statement = statement.where(Response.unit_id.in_(select(Unit.id).where(below)))
    return db.session.scalar(limited(statement, Response.unit_id, view.person)) or 0


def flagged(view: View) -> dict[str, int]:
    """Quality flag -> responses that carry it."""
    return {value.removeprefix("flag:"): count for value, count in sorted(view.selection.flags.items())}
