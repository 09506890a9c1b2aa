"""The calibrated models that read comments now: out of the database, each loaded once a process."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from sqlalchemy import func, select

from survey.extensions import db
from survey.models import Calibration, ChosenReader

log = logging.getLogger(__name__)
_loaded: dict[tuple[int, str], Any] = {}  # by id and checksum; None: it is broken


def live() -> dict[str, Any]:
    """The models that read, by language; the rules read where there is none and where one is broken."""
    statement = (
        select(Calibration.language, Calibration.id, Calibration.checksum)
        .join(ChosenReader, ChosenReader.calibration_id == Calibration.id)
        .where(ChosenReader.id.in_(select(func.max(ChosenReader.id)).group_by(ChosenReader.language)))
    )
    found = {language: loaded(id_, checksum) for language, id_, checksum in db.session.execute(statement)}
    return {language: model for language, model in found.items() if model is not None}


def loaded(id_: int, checksum: str | None) -> Any:
    """None where the stored bytes are not the model they claim to be: the log says why."""
    key = id_, checksum or ""
    if key not in _loaded:
        body = db.session.scalar(select(Calibration.body).where(Calibration.id == id_)) or b""
        keeper = import_module("analysis.sentiment.calibrated")
        try:
            _loaded[key] = keeper.from_bytes(bytes(body), checksum)
        except keeper.Broken as error:
            log.warning("the calibrated model %s is broken: %s", id_, error)
            _loaded[key] = None
    return _loaded[key]
