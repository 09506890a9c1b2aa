"""Which questionnaires there are to show, and which of them is answered most."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from survey.access import limited
from survey.extensions import db
from survey.models import ANY, Grain, Questionnaire, Series, Status, Tally, Unit, User, Version
from survey.processing.counting import RECEIVED, RESPONSES
from survey.processing.cuts import period_start


def issued() -> list[Questionnaire]:
    """Every questionnaire that was ever published, by code."""
    ever = select(Version.questionnaire_id).where(Version.status != Status.DRAFT)
    return list(
        db.session.scalars(
            select(Questionnaire).where(Questionnaire.id.in_(ever)).order_by(Questionnaire.code)
        )
    )


def most_answered(person: User | None, since: date | None = None, unit_path: str = "") -> int | None:
    """The id of the questionnaire with the most responses in what the person may see, from that month on.

    `unit_path` limits it to a unit and all below.
    """
    total = func.sum(Tally.count)
    columns: tuple[Any, ...] = (Series.questionnaire_id, total)
    statement: Select[Any] = (
        select(*columns)
        .join(Tally, Tally.series_id == Series.id)
        .where(Series.code == RESPONSES, Tally.value == RECEIVED, Tally.grain == Grain.MONTH)
        .where(Tally.channel == ANY, Tally.locale == ANY)
        .group_by(Series.questionnaire_id)
        .order_by(total.desc(), Series.questionnaire_id)
        .limit(1)
    )
    if since is not None:
        statement = statement.where(Tally.period_on >= period_start(since, Grain.MONTH))
    if unit_path:
        below = select(Unit.id).where(Unit.path.startswith(unit_path, autoescape=True))
        statement = statement.where(Tally.unit_id.in_(below))
    if person is not None:
        statement = limited(statement, Tally.unit_id, person)
    row = db.session.execute(statement).first()
    return row[0] if row else None
