"""Reading targets and benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey.access import limited
from survey.errors import Missing
from survey.extensions import db
from survey.models import Benchmark, Questionnaire, Target, Unit, User


def targets(person: User, questionnaire: Questionnaire) -> Sequence[Target]:
    """Of the units this person may see, the newest first in each unit; those of units above only hold for them."""
    statement = (
        select(Target)
        .where(Target.questionnaire_id == questionnaire.id)
        .join(Target.unit)
        .order_by(Unit.path, Target.question_code, Target.metric, Target.valid_from.desc())
        .options(joinedload(Target.unit), joinedload(Target.set_by))
    )
    return db.session.scalars(limited(statement, Target.unit_id, person)).all()


def target_of(person: User, number: int) -> Target:
    """Raises Missing for a target that does not exist and for one of a unit that is not this person's to see."""
    found: Target | None = db.session.scalar(
        limited(select(Target).where(Target.id == number), Target.unit_id, person)
    )
    if found is None:
        raise Missing
    return found


def benchmarks(code: str | None = None) -> Sequence[Benchmark]:
    statement = select(Benchmark).order_by(
        Benchmark.code, Benchmark.metric, Benchmark.measured_on.desc(), Benchmark.source, Benchmark.population
    )
    if code is not None:
        statement = statement.where(Benchmark.code == code)
    return db.session.scalars(statement).all()


def benchmark_of(number: int) -> Benchmark:
    found = db.session.get(Benchmark, number)
    if found is None:
        raise Missing
    return found
