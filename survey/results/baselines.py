"""Baselines of control charts: which one holds, and freezing another. The caller commits."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey import clock
from survey.errors import Invalid
from survey.extensions import db
from survey.figures import Subject
from survey.models import Baseline
from survey.results.view import View


def unit_of(view: View) -> int | None:
    """The chosen unit; without one the topmost that the person sees, None where there are several."""
    chosen, roots = view.seen.at(view.asked.unit_path), view.seen.roots
    if chosen is not None:
        return chosen.id
    return roots[0].id if len(roots) == 1 else None


def frozen(view: View, subject: Subject) -> list[Baseline]:
    """The baselines of this question in its wording and of this unit, the one that holds first."""
    statement = (
        select(Baseline)
        .where(Baseline.series_id == subject.series_id, Baseline.unit_id == unit_of(view))
        .order_by(Baseline.id.desc())
        .options(joinedload(Baseline.person))
    )
    return list(db.session.scalars(statement))


def check(view: View, first_on: date, last_on: date) -> None:
    """Raises Invalid for days in the wrong order or to come."""
    if last_on < first_on:
        raise Invalid(_l("The end lies before the beginning."), field="last_on")
    if last_on >= clock.today(view.timezone):
        raise Invalid(_l("A baseline ends before today."), field="last_on")


def freeze(view: View, subject: Subject, first_on: date, last_on: date, reason: str) -> Baseline:
    """Adds one that replaces what held before."""
    made = Baseline(
        questionnaire_id=view.questionnaire.id,
        series_id=subject.series_id,
        unit_id=unit_of(view),
        first_on=first_on,
        last_on=last_on,
        reason=reason,
        frozen_at=clock.now(),
        frozen_by=view.person.id,
    )
    db.session.add(made)
    db.session.flush()
    return made
