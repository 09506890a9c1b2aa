"""The versions of a questionnaire one by one, each over whole months in which nobody answered another one.

A version has no counts of its own beside those of its questions: a month in which two were answered would tell what
few answered in one of them. So such months belong to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from survey.access import counted
from survey.extensions import db
from survey.figures.cover import period_end
from survey.figures.filters import Filters
from survey.models import ANY_SERVICE, Grain, JointTally, Questionnaire, Status, User, Version
from survey.processing.cuts import period_start


@dataclass(frozen=True, slots=True)
class Edition:
    """`filters` have the latest run of months in which only this version was answered; None where there is none."""

    version: Version
    filters: Filters | None


def editions(person: User | None, questionnaire: Questionnaire, asked: Filters) -> list[Edition]:
    """Those answered in the whole months of the days asked for, in any unit `person` may see, the newest first."""
    issued = {one.id: one for one in questionnaire.versions if one.status != Status.DRAFT}
    months = _months(person, list(issued), asked)
    answered = {version_id for found in months.values() for version_id in found}
    return [
        Edition(issued[key], _alone(key, months, asked))
        for key in sorted(answered, key=lambda key: -issued[key].number)
    ]


def _months(person: User | None, version_ids: Sequence[int], asked: Filters) -> dict[date, set[int]]:
    """Which versions were answered in each month, whatever unit was chosen, in the order of time."""
    first, last = period_start(asked.first_on, Grain.MONTH), asked.last_on
    statement: Any = (
        select(JointTally.month_on, JointTally.version_id)
        .where(
            JointTally.version_id.in_(version_ids),
            JointTally.service_type_id == ANY_SERVICE,
            JointTally.month_on.between(first, last),
            JointTally.responses > 0,
        )
        .distinct()
    )
    found: dict[date, set[int]] = defaultdict(set)
    for month, version_id in db.session.execute(counted(statement, JointTally.unit_id, person)):
        found[month].add(version_id)
    return dict(sorted(found.items()))


def _alone(version_id: int, months: dict[date, set[int]], asked: Filters) -> Filters | None:
    run: list[date] = []
    for month, versions in reversed(months.items()):
        if versions == {version_id}:
            run.append(month)
        elif run:
            break
    if not run:
        return None
    return replace(asked, first_on=run[-1], last_on=period_end(run[0], Grain.MONTH))
