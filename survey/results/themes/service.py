"""What people do with new themes: hide one, show it again, have the worker look. The caller commits."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from survey import clock
from survey.errors import Missing
from survey.extensions import db
from survey.models import HiddenTheme, Theme, ThemeSearch
from survey.models.calibration import LANGUAGES


def hide(questionnaire_id: int, language: str, phrase: str, by: uuid.UUID) -> None:
    """Raises Missing for what is not offered, or not any more. Hidden already: nothing happens."""
    offered = (
        select(Theme.id)
        .join(ThemeSearch)
        .where(
            ThemeSearch.questionnaire_id == questionnaire_id,
            ThemeSearch.language == language,
            Theme.phrase == phrase,
        )
    )
    if db.session.scalar(offered.limit(1)) is None:
        raise Missing
    if _hidden(questionnaire_id, language, phrase) is None:
        made = HiddenTheme(questionnaire_id=questionnaire_id, language=language, phrase=phrase)
        made.hidden_at, made.hidden_by_id = clock.now(), by
        db.session.add(made)


def show(questionnaire_id: int, language: str, phrase: str) -> None:
    """Raises Missing for what is not hidden."""
    hidden = _hidden(questionnaire_id, language, phrase)
    if hidden is None:
        raise Missing
    db.session.delete(hidden)


def _hidden(questionnaire_id: int, language: str, phrase: str) -> HiddenTheme | None:
    mine = select(HiddenTheme).where(
        HiddenTheme.questionnaire_id == questionnaire_id,
        HiddenTheme.language == language,
        HiddenTheme.phrase == phrase,
    )
    return db.session.scalars(mine.with_for_update()).one_or_none()


def ask(questionnaire_id: int) -> None:
    """The worker looks within a minute; languages in which it has never looked are due anyway."""
    mine = select(ThemeSearch).where(
        ThemeSearch.questionnaire_id == questionnaire_id, ThemeSearch.language.in_(LANGUAGES)
    )
    for search in db.session.scalars(mine.with_for_update()):
        search.asked_at = clock.now()
