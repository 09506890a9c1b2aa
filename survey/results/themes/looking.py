"""Looks for new themes: phrases on the rise that no topic covers. A quiet sweep, see jobs.py.

Each questionnaire and each language by itself, over all units together: four weeks against the four before, once a
week and when somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from analysis import topics
from analysis.wording.hidden import blanked
from survey import clock
from survey.extensions import db, reading
from survey.figures import (
    Filters,
    Publication,
    State,
    current,
    issued,
    period_end,
    places,
    responses_series,
    selection,
    subjects,
)
from survey.models import Comment, Grain, Questionnaire, Theme, ThemeSearch, Version
from survey.models.calibration import LANGUAGES
from survey.processing.cuts import period_start
from survey.processing.reader import own_terms
from survey.processing.samples import of_language
from survey.questions.definition import definition_of

DAYS = 28
AGAIN = timedelta(days=7)
SOON = timedelta(days=1)  # while there were too few comments to compare
MOST = 5_000  # comments of a period; by the random numbers of their responses, so that more are judged by a fair sample
WIDENED = 4  # times, until days are found on which all is published
KEPT = 120  # comments of a theme, the newest, of which examples are chosen


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to. `themes` are rows that are not stored yet."""

    questionnaire_id: int
    language: str
    first_on: date
    last_on: date
    n: int = 0
    n_before: int = 0
    tested: int = 0
    selected: int = 0
    themes: Sequence[Theme] = ()


def work_off() -> int:
    """Every search that is due, each in a transaction of its own. Commits."""
    settings, now, done = current_app.extensions["settings"], clock.now(), 0
    for questionnaire_id, language in _due(now):
        with reading():  # it takes seconds: nothing is locked meanwhile
            found = look(questionnaire_id, language, clock.today(settings.timezone), settings.min_n)
            db.session.rollback()
        _record(found, now)
        db.session.commit()
        done += 1
    db.session.rollback()
    return done


def _due(now: datetime) -> list[tuple[int, str]]:
    made = {(one.questionnaire_id, one.language): one for one in db.session.scalars(select(ThemeSearch))}
    keys = [(one.id, language) for one in issued() for language in LANGUAGES]
    return [key for key in keys if key not in made or _is_due(made[key], now)]


def _is_due(search: ThemeSearch, now: datetime) -> bool:
    pause = AGAIN if search.n and search.n_before else SOON
    return search.made_at is None or search.asked_at is not None or search.made_at <= now - pause


def look(questionnaire_id: int, language: str, today: date, min_n: int) -> Found:
    """Writes nothing. Without comments in both periods that may be told, nothing is tested."""
    last = today - timedelta(days=1)
    asked = Filters(questionnaire_id, last - timedelta(days=DAYS - 1), last)
    none = Found(questionnaire_id, language, asked.first_on, asked.last_on)
    version = current(db.session.get_one(Questionnaire, questionnaire_id))
    periods = _periods(asked, version, min_n) if version else None
    if version is None or periods is None:
        return none
    now, before, quoted = periods
    none = replace(none, first_on=now.first_on, last_on=now.last_on)
    new, old = (_comments(of, language) for of in (now, before))
    enough = min(len(new), len(old)) >= min_n
    return _compared(none, new, old, definition_of(version).sector, min_n, quoted) if enough else none


def _compared(
    none: Found,
    new: Sequence[Any],
    old: Sequence[Any],
    sector: str | None,
    min_n: int,
    hidden: frozenset[int],
) -> Found:
    now, before = ([blanked(row.text) for row in rows] for rows in (new, old))
    found = topics.new_themes(now, before, sector, own_terms(), least=max(min_n, 2))
    if min(found.n, found.n_before) < min_n:
        return none
    return replace(
        none,
        **{name: getattr(found, name) for name in ("n", "n_before", "tested", "selected")},
        themes=[_theme(one, new, hidden) for one in found.themes if one.count >= min_n],
    )


def _periods(asked: Filters, version: Version, min_n: int) -> tuple[Filters, Filters, frozenset[int]] | None:
    """The days on which the comment questions' figures are published, now and before; and the units not to be quoted.

    Quoted is what the page of comments shows for the whole months around these days: an example tells no day.
    """
    seen = places(None)
    published, responses = Publication(None, asked.questionnaire_id, seen, min_n), responses_series(version)
    said = [one.series_id for one in subjects(version).values() if one.track.kind == "said"]
    now = _published(published, [responses, *said], asked)
    before = _published(published, [responses, *said], now.before()) if now and said else None
    if now is None or before is None or before.last_on >= now.first_on:
        return None
    month, end = period_start(now.first_on, Grain.MONTH), period_end(now.last_on, Grain.MONTH)
    around = selection(None, replace(now, first_on=month, last_on=end), responses, seen, published)
    return now, before, around.small_units if around.state is State.OPEN else frozenset(seen.units)


def _published(published: Publication, series: Sequence[int], asked: Filters) -> Filters | None:
    """The days asked for, widened until each of these series is published on them."""
    found: Filters | None = asked
    for _ in range(WIDENED):
        for one in series:
            found = published.snap(one, found) if found else None
        if found is None or published.shows_all(series, found):
            return found
    return None


def _comments(of: Filters, language: str) -> list[Any]:
    """Newest first."""
    statement = (
        select(
            Comment.response_id, Comment.question_code, Comment.text, Comment.submitted_on, Comment.unit_id
        )
        .where(
            Comment.questionnaire_id == of.questionnaire_id,
            Comment.submitted_on.between(of.first_on, of.last_on),
            of_language(language),
            Comment.text != "",
            Comment.label != "no_content",
        )
        .order_by(Comment.response_id, Comment.question_code)
        .limit(MOST)
    )
    return sorted(db.session.execute(statement), key=lambda row: row.submitted_on, reverse=True)


def _theme(found: topics.Theme, comments: Sequence[Any], hidden: frozenset[int]) -> Theme:
    named = [comments[place] for place in found.places if comments[place].unit_id not in hidden]
    return Theme(
        phrase=found.phrase,
        written=found.written,
        count=found.count,
        count_before=found.count_before,
        p=found.p,
        p_adjusted=found.p_adjusted,
        comments=[[str(row.response_id), row.question_code] for row in named[:KEPT]],
    )


def _record(found: Found, now: datetime) -> None:
    """In place of the search before. A wish of somebody who asked meanwhile stays."""
    mine = (ThemeSearch.questionnaire_id == found.questionnaire_id) & (ThemeSearch.language == found.language)
    search = db.session.scalar(select(ThemeSearch).where(mine).with_for_update())
    if search is None:
        search = ThemeSearch(questionnaire_id=found.questionnaire_id, language=found.language)
        db.session.add(search)
    if search.asked_at is not None and search.asked_at <= now:
        search.asked_at = None
    search.made_at = now
    for name in ("first_on", "last_on", "n", "n_before", "tested", "selected"):
        setattr(search, name, getattr(found, name))
    search.themes = list(found.themes)
