"""Small lines on the quality of what is shown."""

from __future__ import annotations

from sqlalchemy import select

from survey.access import limited
from survey.extensions import db
from survey.models import Response
from survey.pipeline import waiting
from survey.results.view import View


def responses_wait(view: View) -> bool:
    """Whether any response is not in the figures yet: never how many nor of which unit, they may be few."""
    of_these = waiting(), Response.questionnaire_id == view.questionnaire.id
    found = limited(select(Response.id).where(*of_these), Response.unit_id, view.person)
    return bool(db.session.scalar(select(found.exists())))


def flagged(view: View) -> dict[str, int]:
    """Quality flag -> responses that carry it."""
    return {value.removeprefix("flag:"): count for value, count in sorted(view.selection.flags.items())}
