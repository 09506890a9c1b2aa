"""Where the pages of duty hang."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask_security import current_user
from werkzeug.wrappers import Response

from survey import clock
from survey.access import Act, may
from survey.duty import holes, reading
from survey.duty.holes import Gap
from survey.duty.plan import Plan
from survey.duty.zone import default_zone
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.form_errors import blame

blueprint = Blueprint("duty", __name__, url_prefix="/duty")
NUMBER = "<int(max=2147483647):number>"
Page = str | tuple[str, int] | Response
SHOWN = 3  # units with a hole that are named on the first page


def page(template: str, form: Any, **more: Any) -> Page:
    made = render_template(template, form=form, **more)
    return (made, 422) if form.errors else made


def refused(form: Any, error: Invalid | Conflict) -> None:
    """Beside its cause; nothing that was begun stays."""
    db.session.rollback()
    blame(form, error)


def done(message: str, where: str) -> Response:
    db.session.commit()
    flash(message, "success")
    return redirect(where, 303)


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"roster_gaps": gaps}


def gaps() -> list[Gap] | None:
    """The holes of the days to come that this person can mend, for the first page; None without any roster."""
    if not (current_user.is_authenticated and may(current_user, Act.MANAGE_DUTY)):
        return []
    if not reading.any_turn():
        return None
    units, today = reading.watched(current_user), clock.today(default_zone())
    found = holes.gaps(Plan(units, today), units, today, clock.now())
    return sorted(found, key=lambda gap: gap.first.start)
