"""Which readers there are, which of them reads, and where the one that reads was wrong."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, tuple_

from analysis.sentiment.gate import GAIN, LEAST, LEAST_OF_CLASS, LEAST_UNSEEN
from survey import audit
from survey.access import limited
from survey.extensions import db
from survey.labelling.queries import languages, published
from survey.models import Calibration, ChosenReader, Comment, Evaluation, User, Why
from survey.processing import calibrated

SHOWN = 20
LANGUAGE_NAMES = {"en": _l("English"), "zh": _l("Chinese")}


@dataclass(frozen=True, slots=True)
class Wrong:
    comment: Any
    said: str  # by a person
    read: str
    confidence: float


def errors(person: User, evaluation: Evaluation | None, min_n: int) -> list[Wrong]:
    """The worst first; only of comments this person may see and whose texts are still there."""
    told = evaluation.figures["errors"] if evaluation else []
    keys = [(uuid.UUID(response), code) for response, code, *_rest in told]
    statement: Any = select(*Comment.__table__.columns).where(
        tuple_(Comment.response_id, Comment.question_code).in_(keys), Comment.text != "", published(min_n)
    )
    rows = db.session.execute(limited(statement, Comment.unit_id, person)) if keys else ()
    seen = {(row.response_id, row.question_code): row for row in rows}
    found = [
        Wrong(seen[key], said, read, confidence)
        for key, (_id, _code, said, read, confidence) in zip(keys, told, strict=True)
        if key in seen
    ]
    return found[:SHOWN]


def versions(language: str) -> Sequence[Calibration]:
    """The newest first, those without a model too: they say why."""
    mine = select(Calibration).where(Calibration.language == language)
    return db.session.scalars(mine.order_by(Calibration.id.desc()).limit(SHOWN)).all()


def history(language: str) -> Sequence[ChosenReader]:
    mine = select(ChosenReader).where(ChosenReader.language == language)
    return db.session.scalars(mine.order_by(ChosenReader.id.desc()).limit(SHOWN)).all()


def live() -> dict[str, ChosenReader]:
    return calibrated.chosen()


def running() -> list[tuple[str, int | None]]:
    """(language, the version of the model or None for the rules) of every language there are comments in."""
    chosen = calibrated.chosen()
    return [(name, chosen[name].calibration_id if name in chosen else None) for name in languages()]


def choose(language: str, number: int, person: User) -> bool:
    """0 are the rules. False where there is no such model, or its bytes are spoiled. The caller commits."""
    model = db.session.get(Calibration, number) if number else None
    if number and (model is None or model.language != language or not _whole(model)):
        return False
    before = calibrated.chosen().get(language)
    calibrated.choose(language, model, Why.CHOSEN, person)
    details = {
        "old": {"reader": before.calibration_id if before else None},
        "new": {"reader": number or None},
    }
    audit.record(audit.Deed.CHANGED, audit.Thing("reader", language, language), details)
    return True


def _whole(model: Calibration) -> bool:
    return model.body is not None and hashlib.sha256(model.body).hexdigest() == model.checksum


def method_name(method: str) -> str:
    """Of a reader, as an evaluation names it."""
    if method.startswith("calibrated"):
        return _("Calibrated, version %(number)s", number=method.partition(" ")[2])
    return _("Rules and embedding") if method == "rules+embedding" else _("Rules")


def reason(one: Calibration) -> str:
    """Why a calibration did not go live, for administrators."""
    figures, problem = one.figures or {}, one.problem or ""
    said = {
        "few": _("%(n)s labels; %(least)s are needed.", n=figures.get("n", 0), least=LEAST),
        "few_of_class": _("Each of negative, neutral and positive needs %(least)s labels.", least=LEAST_OF_CLASS),
        "few_unseen": _(
            "Only %(n)s labels are new to the reader that runs; %(least)s are needed to compare fairly.",
            n=figures.get("compared", 0), least=LEAST_UNSEEN,
        ),
        "no_gain": _("It would not read better by %(points)s points of macro-F1.", points=round(100 * GAIN)),
        "unsure": _("It may read better, but with so few labels that could be chance."),
    }  # fmt: skip
    return said.get(problem) or (
        _("It failed: %(error)s", error=problem.partition(": ")[2]) if problem else ""
    )
