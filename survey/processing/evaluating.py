"""How right the readers are on the random sample: computed by the worker whenever labels or the reader changed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from sqlalchemy import Row, func, select

from survey import clock
from survey.extensions import db, reading
from survey.models import CommentLabel, Evaluation
from survey.models.calibration import LANGUAGES
from survey.processing import calibrated, samples
from survey.processing.learned import live

LEAST = 100  # labels of the random sample, for a first measurement
LEAST_OF_PURPOSE = 20


def evaluate() -> int:
    """Those languages whose labels or reader have changed since. The caller commits."""
    with reading():  # nothing is locked meanwhile
        found = list(_new())
        db.session.rollback()
    db.session.add_all(found)
    db.session.flush()
    return len(found)


def _new() -> Iterator[Evaluation]:
    for language in LANGUAGES if db.session.scalar(select(CommentLabel.id).limit(1)) else ():
        of, last = _fingerprint(language), newest(language)
        if last is not None and last.of == of:
            continue
        rows = samples.standing(language, teaching=False)
        if sum(row.label in samples.OPINIONS for row in rows) >= LEAST:
            figures = _figures(language, rows)
            yield Evaluation(language=language, made_at=clock.now(), of=of, figures=figures)


def newest(language: str) -> Evaluation | None:
    mine = select(Evaluation).where(Evaluation.language == language)
    return db.session.scalars(mine.order_by(Evaluation.id.desc()).limit(1)).one_or_none()


def _fingerprint(language: str) -> str:
    """Of all labels, of which there are few, and of what reads them."""
    last = select(func.max(CommentLabel.id), func.count(CommentLabel.undone_at))
    newest_label, undone = db.session.execute(last).one()
    sentiment = calibrated.sentiment()
    extra = import_module("analysis.sentiment.embedding").available()
    return f"{newest_label}.{undone}.{sentiment.VERSION}.{int(extra)}.{calibrated.names().get(language, 0)}"


def _figures(language: str, rows: list[Row[Any]]) -> dict[str, Any]:
    said = [row for row in rows if row.label in samples.OPINIONS]
    readers = _read(language, said)
    live = readers[-1][1]
    gold = [row.label for row in said]
    measure = import_module("analysis.sentiment.measure")
    agreement = import_module("analysis.sentiment.agreement").agreement
    return {
        "readers": [{"method": name, **measure.measured(gold, found)} for name, found in readers],
        "purposes": _by_purpose(said, live),
        "left_out": {kind: sum(row.label == kind for row in rows) for kind in ("no_content", "undecided")},
        "agreement": agreement(list(samples.twice_labelled(language))),
        "errors": [
            [
                str(said[at].response_id),
                said[at].question_code,
                gold[at],
                live[at].label.value,
                live[at].confidence,
            ]
            for at in measure.worst(gold, live)
        ],
    }


def _read(language: str, said: list[Row[Any]]) -> list[tuple[str, list[Any]]]:
    """What each reader that there is says; the one that reads now is the last."""
    given = [row.text for row in said], [row.locale for row in said], [row.purpose for row in said]
    found = [("rules", import_module("analysis.sentiment.classifying").alone(*given))]
    if import_module("analysis.sentiment.embedding").available():
        found.append(("rules+embedding", calibrated.sentiment().classify(*given)))
    model = live().get(language)
    if model is not None:
        found.append(
            (f"calibrated {model.version}", calibrated.sentiment().classify(*given, {language: model}))
        )
    return found


def _by_purpose(said: list[Row[Any]], live: list[Any]) -> dict[str, Any]:
    """Of the reader that reads now, where there are labels enough."""
    measure = import_module("analysis.sentiment.measure")
    made = {}
    for purpose in ("good", "improve", "why", "open"):
        mine = [at for at, row in enumerate(said) if row.purpose == purpose]
        if len(mine) >= LEAST_OF_PURPOSE:
            figures = measure.measured([said[at].label for at in mine], [live[at] for at in mine])
            made[purpose] = {name: figures[name] for name in ("n", "f1", "undecided")}
    return made
