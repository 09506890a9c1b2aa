"""Which calibrated models read comments: what was chosen for each language, and when it was."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from sqlalchemy import func, select

from survey import clock
from survey.extensions import db
from survey.models import Calibration, ChosenReader, User, Why
from survey.processing import reader
from survey.processing.learned import loaded


def chosen() -> dict[str, ChosenReader]:
    """What was last chosen for each language of which anything ever was."""
    newest = select(func.max(ChosenReader.id)).group_by(ChosenReader.language)
    rows = db.session.scalars(select(ChosenReader).where(ChosenReader.id.in_(newest)))
    return {row.language: row for row in rows}


def names() -> dict[str, int]:
    """The ids of the models that read, by language: part of what says by which reader a comment was read."""
    return {language: row.calibration_id for language, row in sorted(chosen().items()) if row.calibration_id}


def choose(
    language: str, calibration: Calibration | None, why: Why, person: User | None = None
) -> ChosenReader:
    """From now on this model reads, or the rules. The caller commits; stored comments are read anew by a sweep."""
    made = ChosenReader(
        language=language,
        calibration_id=calibration.id if calibration else None,
        at=clock.now(),
        by_id=person.id if person else None,
        why=why.value,
    )
    db.session.add(made)
    reader.ask(f"{language} {made.calibration_id or 'rules'}")
    return made


def drop_broken() -> int:
    """A model that cannot be read any more no longer holds, and the pages say so. The caller commits."""
    dropped = 0
    for language, row in chosen().items():
        model = db.session.get(Calibration, row.calibration_id) if row.calibration_id else None
        if model is not None and loaded(model.id, model.checksum) is None:
            choose(language, None, Why.BROKEN)
            dropped += 1
    return dropped


def sentiment() -> Any:
    return cast(Any, import_module("analysis.sentiment"))
