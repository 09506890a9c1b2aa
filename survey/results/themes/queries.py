"""What the page of new themes shows: what the worker found last, without what is a topic by now or was hidden."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_

from analysis.statistics.intervals import CONFIDENCE
from analysis.statistics.proportion import newcombe
from analysis.summary import Said, telling
from analysis.topics import named
from analysis.wording.hidden import hides
from survey.extensions import db
from survey.models import Comment, HiddenTheme, Theme, ThemeSearch
from survey.models.calibration import LANGUAGES
from survey.processing.reader import own_terms

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """A theme, its shares and their difference (0–1), and comments (rows) that say best what is meant."""

    theme: Theme
    share: float
    share_before: float
    change: tuple[float, float]  # where the difference probably lies, widened for what was selected
    comments: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Searched:
    """Of one language. `search` is None where nobody has looked yet."""

    language: str
    search: ThemeSearch | None
    themes: Sequence[Offered] = ()
    hidden: Sequence[HiddenTheme] = ()

    @property
    def told(self) -> bool:
        """Whether there were comments enough in both periods."""
        return self.search is not None and bool(self.search.n and self.search.n_before)


def searched(questionnaire_id: int) -> list[Searched]:
    made = {
        one.language: one
        for one in db.session.scalars(
            select(ThemeSearch).where(ThemeSearch.questionnaire_id == questionnaire_id)
        )
    }
    return [_searched(language, made.get(language), questionnaire_id) for language in LANGUAGES]


def _searched(language: str, search: ThemeSearch | None, questionnaire_id: int) -> Searched:
    mine = (HiddenTheme.questionnaire_id == questionnaire_id) & (HiddenTheme.language == language)
    hidden = db.session.scalars(select(HiddenTheme).where(mine).order_by(HiddenTheme.phrase)).all()
    themes = list(_offered(search, {one.phrase for one in hidden})) if search else []
    return Searched(language, search, themes, hidden)


def _offered(search: ThemeSearch, hidden: set[str]) -> Iterator[Offered]:
    own = own_terms()
    for theme in search.themes:
        if theme.phrase not in hidden and not (own and named(theme.phrase, None, own)):
            now, before = (theme.count, search.n), (theme.count_before, search.n_before)
            yield Offered(
                theme, now[0] / now[1], before[0] / before[1], _change(search, now, before), _examples(theme)
            )


def _change(search: ThemeSearch, now: tuple[int, int], before: tuple[int, int]) -> tuple[float, float]:
    """Newcombe's, at the confidence that keeps its promise for what was selected among many.

    Benjamini & Yekutieli 2005 (J. Am. Stat. Assoc. 100:71): 1 - alpha x selected / tested.
    """
    share = search.selected / search.tested if search.tested else 1.0
    found = newcombe(*now, *before, 1 - (1 - CONFIDENCE) * share)
    if found is None:
        raise ValueError("a theme without comments in both periods")
    return found


def _examples(theme: Theme) -> list[Any]:
    """By the rule of all examples, see analysis/summary/telling.py; of what still has its text."""
    keys = [(uuid.UUID(response), code) for response, code in theme.comments]
    here = tuple_(Comment.response_id, Comment.question_code).in_(keys)
    columns = Comment.response_id, Comment.question_code, Comment.text, Comment.language
    newest = (Comment.submitted_on.desc(), Comment.response_id)
    found = db.session.execute(select(*columns).where(here, Comment.text != "").order_by(*newest))
    rows = {(row.response_id, row.question_code): row for row in found}
    said = [Said(key, row.text, hides(row.text)) for key, row in rows.items()]
    told = {one.key for one in telling(said, EXAMPLES)}
    return [row for key, row in rows.items() if key in told]
