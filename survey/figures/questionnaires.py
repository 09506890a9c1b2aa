"""Which questionnaires there are to show, and which of them is answered most."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from survey.access import among, counted
from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Grain, Questionnaire, Series, Status, Tally, Unit, User, Version
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
    series = dict(
        db.session.execute(select(Series.id, Series.questionnaire_id).where(Series.code == RESPONSES)).all()
    )
    found: Counter[int] = Counter()
    for series_id, responses in db.session.execute(_responses(person, list(series), since, unit_path)):
        found[series[series_id]] += responses
    return min(found, key=lambda id_: (-found[id_], id_), default=None)


def _responses(person: User | None, series: list[int], since: date | None, unit_path: str) -> Select[Any]:
    """Responses by series. The series are given by number: so the database reads along the key of the tallies."""
    columns: tuple[Any, ...] = (Tally.series_id, func.sum(Tally.count))
    statement: Select[Any] = (
        select(*columns)
        .where(Tally.series_id.in_(series), Tally.grain == Grain.MONTH, Tally.value == RECEIVED)
        .where(Tally.channel == ANY, Tally.locale == ANY, Tally.service_type_id == ANY_SERVICE)
        .group_by(Tally.series_id)
    )
    if since is not None:
        statement = statement.where(Tally.period_on >= period_start(since, Grain.MONTH))
    if unit_path:
        below = select(Unit.id).where(Unit.path.startswith(unit_path, autoescape=True))
        statement = statement.where(among(Tally.unit_id, below))
    return counted(statement, Tally.unit_id, person)
