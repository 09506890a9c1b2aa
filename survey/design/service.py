"""Writing questionnaires: drafts, publishing, retiring."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.models import Questionnaire, Series, Status, Version
from survey.processing.counting import RESPONSES
from survey.questions.definition import Definition, definition_of


def save_draft(document: Mapping[str, Any]) -> Version:
    """The document as the draft of its questionnaire, which is made when its code is new."""
    definition = Definition.model_validate(document)
    questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == definition.code))
    if questionnaire is None:
        questionnaire = Questionnaire(code=definition.code, created_at=clock.now(), versions=[])
        db.session.add(questionnaire)
    draft = questionnaire.draft
    if draft is None:
        number = max((version.number for version in questionnaire.versions), default=0) + 1
        draft = Version(number=number, status=Status.DRAFT, created_at=clock.now(), series={})
        questionnaire.versions.append(draft)
    draft.definition = dict(document)
    draft.checksum = checksum(document)
    db.session.flush()
    return draft


def checksum(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def publish(version: Version, by: uuid.UUID | None = None) -> None:
    """Freezes the draft; the version published before is superseded. Retired questionnaires come back."""
    questionnaire = version.questionnaire
    earlier = questionnaire.published
    if earlier is not None:
        earlier.status = Status.SUPERSEDED
        db.session.flush()
    version.series = _series_of(questionnaire, definition_of(version))
    version.status = Status.PUBLISHED
    version.published_at = clock.now()
    version.published_by = by
    questionnaire.retired_at = None
    db.session.flush()


def _series_of(questionnaire: Questionnaire, definition: Definition) -> dict[str, int]:
    """The series each code is counted in: an unchanged question goes on in the one it had."""
    wanted = {RESPONSES: RESPONSES} | {code: track.fingerprint for code, track in definition.tracks.items()}
    known = {
        (series.code, series.fingerprint): series
        for series in db.session.scalars(select(Series).where(Series.questionnaire_id == questionnaire.id))
    }
    for code, fingerprint in wanted.items():
        if (code, fingerprint) not in known:
            series = Series(questionnaire_id=questionnaire.id, code=code, fingerprint=fingerprint)
            db.session.add(series)
            known[code, fingerprint] = series
    db.session.flush()
    return {code: known[code, fingerprint].id for code, fingerprint in wanted.items()}
