"""Which target holds for a unit: its own, else that of the nearest unit above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.extensions import db
from survey.models import Target, Unit


@dataclass(frozen=True)
class Targets:
    """All of one questionnaire, whenever they hold."""

    known: Sequence[Target]

    def of(self, unit: Unit | None, code: str, metric: str, day: date) -> Target | None:
        if unit is None:
            return None
        holding = [
            target
            for target in self.known
            if (target.question_code, target.metric) == (code, metric)
            and target.valid(day)
            and target.unit.contains(unit)
        ]
        return max(holding, key=lambda target: len(target.unit.path), default=None)

    def value(self, unit: Unit | None, code: str, metric: str, day: date) -> float | None:
        found = self.of(unit, code, metric, day)
        return found.value if found else None


def targets_of(questionnaire_id: int) -> Targets:
    statement = select(Target).where(Target.questionnaire_id == questionnaire_id)
    return Targets(db.session.scalars(statement.options(joinedload(Target.unit))).all())
