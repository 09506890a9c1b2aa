"""What one unit's people are told of a period: how many, how well, best and worst, and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.types import Group
from survey.figures import (
    Counts,
    Filters,
    Places,
    Publication,
    State,
    Subject,
    WhatIsSaid,
    comments,
    counts,
    group,
    metrics_of,
    responses_series,
    said_of,
    selection,
    subjects,
)
from survey.models import User, Version

MOST_COMMENTS = 10  # of praise, and of criticism


@dataclass(frozen=True, slots=True)
class Summary:
    """`overall` and what follows is empty unless the state is OPEN. `filters` have the days that are shown."""

    state: State
    filters: Filters
    responses: int = 0
    overall: Group | None = None
    questions: Sequence[Group] = ()  # all on one metric
    praise: Sequence[comments.Listed] = ()
    criticism: Sequence[comments.Listed] = ()
    hides_units: bool = False
    said: WhatIsSaid = WhatIsSaid()  # the topics that matter most


@dataclass(frozen=True, slots=True)
class _Telling:
    """Each subject's figures on these days, beside those of the days before."""

    published: Publication
    min_n: int
    locale: str
    filters: Filters
    now: Counts
    before: Counts

    def group(self, subject: Subject, metric: str) -> Group:
        series, filters = subject.series_id, self.filters
        return group(
            subject.code,
            subject.track.wording.say(self.locale, unit="…", service_type="…"),
            subject.track,
            metric,
            self.now[series].get((), Counter()),
            min_n=self.min_n,
            before=self.before[series].get((), Counter()),
            shown=self.published.shows(series, filters),
            shown_before=self.published.shows(series, filters.before()),
        )


def summary(
    person: User, filters: Filters, version: Version, seen: Places, locale: str, min_n: int
) -> Summary:
    published = Publication(person, filters.questionnaire_id, seen, min_n)
    below = seen.leaves(filters.unit_path)  # whose comments are read here
    chosen = selection(person, filters, responses_series(version), seen, published, below)
    if chosen.state is not State.OPEN:
        return Summary(chosen.state, filters)
    filters = chosen.filters
    scored = [one for one in subjects(version).values() if one.track.scale is not None]
    series = [one.series_id for one in scored]
    now, before = counts(person, filters, series), counts(person, filters.before(), series)
    telling = _Telling(published, min_n, locale, filters, now, before)
    questions = [telling.group(one, metric) for one, metric in _comparable(scored)]
    said = {label: _latest(person, filters, label, chosen.small_units) for label in ("positive", "negative")}
    return Summary(
        state=chosen.state,
        filters=filters,
        responses=chosen.responses,
        overall=telling.group(scored[0], metrics_of(scored[0].track)[0]) if scored else None,
        questions=[one for one in questions if one.estimate.value is not None],
        praise=said["positive"],
        criticism=said["negative"],
        said=said_of(person, chosen, version, seen, published, locale),
        hides_units=any(unit.id in chosen.small_units for unit in seen.below(filters.unit_path)),
    )


def _latest(person: User, filters: Filters, label: str, without: frozenset[int]) -> list[comments.Listed]:
    """The newest comments with this label, the same text once."""
    found = comments.page(
        person, filters, comments.Wanted(label=label), without=without, size=5 * MOST_COMMENTS
    ).comments
    different = {one.comment.text_hash: one for one in reversed(found)}
    newest = [one for one in found if different[one.comment.text_hash] is one]
    return newest[:MOST_COMMENTS]


def _comparable(scored: Sequence[Subject]) -> list[tuple[Subject, str]]:
    """Questions that may stand beside each other: those on satisfaction, else all on 0–100."""
    satisfied = [(one, "csat") for one in scored if one.track.metric == "csat"]
    return satisfied or [(one, "mean_100") for one in scored]
