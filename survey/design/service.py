"""Writing questionnaires: drafts, publishing, retiring."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import clock
from survey.design.reading import check, missing_translations
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Link, Questionnaire, Response, Series, Status, Version
from survey.processing.counting import RESPONSES
from survey.questions.definition import Definition, definition_of


class Incomplete(Invalid):
    message = _l("Translations are missing; a questionnaire is published complete in all its languages.")

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.missing = list(missing)  # (locale, path)


def save_draft(document: Mapping[str, Any]) -> Version:
    """The document as the draft of its questionnaire, which is made when its code is new.

    Raises DefinitionErrors.
    """
    definition = check(document)
    statement = select(Questionnaire).where(Questionnaire.code == definition.code)
    questionnaire = db.session.scalar(statement.with_for_update())
    if questionnaire is None:
        questionnaire = Questionnaire(code=definition.code, created_at=clock.now(), versions=[])
        db.session.add(questionnaire)
    draft = questionnaire.draft or _new_draft(questionnaire)
    draft.definition = dict(document)
    draft.checksum = checksum(document)
    db.session.flush()
    return draft


def draft_from(version: Version) -> Version:
    """A draft that begins as a copy of a published or superseded version."""
    questionnaire = version.questionnaire
    if questionnaire.draft is not None:
        raise Conflict(_l("There is a draft already; publish or delete it first."))
    draft = _new_draft(questionnaire)
    draft.definition, draft.checksum = version.definition, version.checksum
    db.session.flush()
    return draft


def _new_draft(questionnaire: Questionnaire) -> Version:
    number = max((version.number for version in questionnaire.versions), default=0) + 1
    draft = Version(number=number, status=Status.DRAFT, created_at=clock.now(), series={})
    questionnaire.versions.append(draft)
    return draft


def delete_draft(version: Version) -> None:
    """The questionnaire goes too when nothing else is left of it."""
    questionnaire = version.questionnaire
    if version.status != Status.DRAFT:
        raise Conflict(_l("What was published once stays; it can only be superseded or retired."))
    if len(questionnaire.versions) == 1:
        if db.session.scalar(select(Link.id).where(Link.questionnaire_id == questionnaire.id).limit(1)):
            raise Conflict(_l("There are links to this questionnaire."))
        db.session.delete(version)
        db.session.delete(questionnaire)
    else:
        questionnaire.versions.remove(version)
        db.session.delete(version)
    db.session.flush()


def checksum(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def publish(version: Version, by: uuid.UUID | None = None) -> None:
    """Freezes the draft; the version published before is superseded. Retired questionnaires come back.

    Raises Incomplete where a translation is missing, and Conflict.
    """
    questionnaire = version.questionnaire
    db.session.refresh(questionnaire, with_for_update=True)
    if version.status != Status.DRAFT:
        raise Conflict(_l("This version was published before."))
    definition = definition_of(version)
    missing = missing_translations(definition)
    if missing:
        raise Incomplete(missing)
    _keep_anonymity(questionnaire, definition)
    if questionnaire.published is not None:
        questionnaire.published.status = Status.SUPERSEDED
        db.session.flush()
    version.series = _series_of(questionnaire, definition)
    version.status = Status.PUBLISHED
    version.published_at = clock.now()
    version.published_by = by
    questionnaire.retired_at = None
    db.session.flush()


def retire(questionnaire: Questionnaire) -> None:
    """Takes no more responses; what was answered stays."""
    if questionnaire.published is None:
        raise Conflict(_l("Only a published questionnaire can be retired."))
    questionnaire.retired_at = questionnaire.retired_at or clock.now()


def bring_back(questionnaire: Questionnaire) -> None:
    questionnaire.retired_at = None


def _keep_anonymity(questionnaire: Questionnaire, definition: Definition) -> None:
    """What respondents were promised holds for all versions from the first response on."""
    answered = select(Version).join(Response).where(Response.questionnaire_id == questionnaire.id).limit(1)
    version = db.session.scalar(answered)
    if version and definition_of(version).privacy.anonymous != definition.privacy.anonymous:
        raise Conflict(
            _l("There are responses already, so whether answers are anonymous cannot change any more.")
        )


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
