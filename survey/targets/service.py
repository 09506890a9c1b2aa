"""Setting and ending targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from analysis.statistics import METRICS
from survey import clock
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.figures import Subject, current, metrics_of, scale_of, subjects
from survey.models import Questionnaire, Target, Unit, User
from survey.models.target import METRICS as KNOWN


def set_target(
    questionnaire: Questionnaire,
    unit: Unit,
    measured: tuple[str, str],
    value: float,
    days: tuple[date, date | None],
    person: User | None,
) -> Target:
    """`measured` is question code and metric, `days` the first and the last that it holds (None: until further notice)."""
    _check_value(questionnaire, measured, value)
    _check_days(*days)
    if _beside(questionnaire, unit, measured, days):
        message = _l("The unit has a target for this on some of these days already. End that one first.")
        raise Conflict(message, field="valid_from")
    target = Target(
        unit=unit,
        questionnaire=questionnaire,
        question_code=measured[0],
        metric=measured[1],
        value=value,
        valid_from=days[0],
        valid_to=days[1],
        set_at=clock.now(),
        set_by_id=person.id if person else None,
    )
    db.session.add(target)
    db.session.flush()
    return target


def end(target: Target, last: date) -> None:
    """`last` is the last day on which it holds; never later than it was."""
    _check_days(target.valid_from, last)
    if target.valid_to is not None and last > target.valid_to:
        raise Invalid(_l("It ends earlier already; set a new one for the days after."), field="valid_to")
    target.valid_to = last


def measurable(questionnaire: Questionnaire) -> Iterator[tuple[Subject, str]]:
    """The questions with their metrics that a target may be about."""
    version = current(questionnaire)
    for subject in subjects(version).values() if version else ():
        for metric in metrics_of(subject.track):
            if metric in KNOWN:
                yield subject, metric


def _check_value(questionnaire: Questionnaire, measured: tuple[str, str], value: float) -> None:
    subject = next((s for s, metric in measurable(questionnaire) if (s.code, metric) == measured), None)
    scale = scale_of(subject.track) if subject else None
    if scale is None:
        raise Invalid(_l("Please choose one."), field="measured")
    low, high = METRICS[measured[1]].bounds(scale)
    if not low <= value <= high:
        message: Any = _l("This figure lies between %(low)s and %(high)s.", low=f"{low:g}", high=f"{high:g}")
        raise Invalid(message, field="value")


def _check_days(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Invalid(_l("The last day lies before the first one."), field="valid_to")


def _beside(
    questionnaire: Questionnaire, unit: Unit, measured: tuple[str, str], days: tuple[date, date | None]
) -> bool:
    """Whether another target holds on any of the days. Two at once queue for the unit."""
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    first, last = days
    statement = select(Target.id).where(
        Target.unit_id == unit.id,
        Target.questionnaire_id == questionnaire.id,
        Target.question_code == measured[0],
        Target.metric == measured[1],
        or_(Target.valid_to.is_(None), Target.valid_to >= first),
    )
    if last is not None:
        statement = statement.where(Target.valid_from <= last)
    return db.session.scalar(statement.limit(1)) is not None
