"""Calibrations that were asked for, one at a time, in the worker. See docs/sentiment.md.

Each is leased, so that a killed worker's is taken up again; a failed one changes nothing but says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import func, or_, select, update

from survey import clock
from survey.extensions import db, reading
from survey.models import Calibration, CommentLabel, User, Why
from survey.processing import calibrated, samples, sweeps
from survey.processing.sentiment import classify

LEASE = timedelta(minutes=10)
WEAK_WEIGHT = 0.1  # of a score, where a label by a person counts 1


def ask(language: str, person: User | None) -> Calibration:
    """Of one that waits already there is no second. The caller commits and rings the bell."""
    waiting = db.session.scalars(_waiting().where(Calibration.language == language)).first()
    if waiting is not None:
        return waiting
    made = Calibration(language=language, asked_at=clock.now(), asked_by_id=person.id if person else None)
    db.session.add(made)
    db.session.flush()
    return made


def _waiting() -> Any:
    return select(Calibration).where(Calibration.done_at.is_(None)).order_by(Calibration.id)


def work_off(commit: Callable[[], None]) -> int:
    """How many were done."""
    done = 0
    while (id_ := _claimed()) is not None:
        commit()
        try:
            _learn(id_)
        except Exception as error:
            db.session.rollback()
            _ended(id_, problem=f"failed: {sweeps.described(error)}"[:120])
        commit()
        done += 1
    return done


def _claimed() -> int | None:
    now = clock.now()
    free = or_(Calibration.leased_until.is_(None), clock.over(Calibration.leased_until, now, LEASE))
    first = _waiting().where(free).with_only_columns(Calibration.id).limit(1).scalar_subquery()
    taken = (
        update(Calibration)
        .where(Calibration.id == first, free)
        .values(leased_until=now + LEASE)
        .returning(Calibration.id)
    )
    return db.session.scalars(taken).first()


def _learn(id_: int) -> None:
    """Reading and learning take long: nothing is locked meanwhile."""
    with reading():
        language, given, weak, live, unseen, newest = _gathered(id_)
        db.session.rollback()
    outcome = import_module("analysis.sentiment.calibrate").calibrate(
        given, weak, language, id_, live, unseen
    )
    _keep(id_, outcome, newest)


def _gathered(id_: int) -> tuple[str, list[Any], list[Any], list[Any], list[bool] | None, int]:
    """What is learned from, what the live reader says of it, and which of it that reader has not learned from."""
    language = db.session.get_one(Calibration, id_).language
    make = import_module("analysis.sentiment.calibrate").Labelled
    label = calibrated.sentiment().Label
    said = [one for one in samples.standing(language, teaching=True) if one.label in samples.OPINIONS]
    given = [make(one.text, label(one.label), one.purpose) for one in said]
    weak = [make(text, label(end), purpose, WEAK_WEIGHT) for text, purpose, end in samples.weak(language)]
    live = classify([one.text for one in said], [one.locale for one in said], [one.purpose for one in said])
    since = _learned_to(language)
    unseen = [_first_label(one) > since for one in said] if since else None
    newest = max((one.id for one in said), default=0)
    return language, given, weak, [one.label for one in live], unseen, newest


def _learned_to(language: str) -> int:
    """The newest label that the live model knew; 0 where the rules read."""
    row = calibrated.chosen().get(language)
    model = db.session.get(Calibration, row.calibration_id) if row and row.calibration_id else None
    return model.learned_to or 0 if model else 0


def _first_label(one: Any) -> int:
    mine = (CommentLabel.response_id == one.response_id) & (CommentLabel.question_code == one.question_code)
    return db.session.scalar(select(func.min(CommentLabel.id)).where(mine)) or 0


def _keep(id_: int, outcome: Any, newest: int) -> None:
    row = db.session.get_one(Calibration, id_)
    row.learned_to = newest
    row.figures = {
        "n": outcome.n, "weak": outcome.weak, "compared": outcome.compared,
        "classes": {label.value: n for label, n in outcome.classes.items()},
        **{name: asdict(found) for name in ("f1", "live_f1", "gain") if (found := getattr(outcome, name)) is not None},
    }  # fmt: skip
    if outcome.model is not None:
        keeper = import_module("analysis.sentiment.calibrated")
        row.figures = row.figures | {"weights": dict(outcome.model.weights)}
        row.body = keeper.to_bytes(outcome.model)
        row.checksum = keeper.checksum(row.body)
    _ended(id_, outcome.problem)
    if outcome.better:
        calibrated.choose(row.language, row, Why.BETTER)


def _ended(id_: int, problem: str | None) -> None:
    row = db.session.get_one(Calibration, id_)
    row.done_at, row.problem, row.leased_until = clock.now(), problem, None
    db.session.flush()
