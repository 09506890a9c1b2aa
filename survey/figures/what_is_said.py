"""What is said of a unit in a period: the three topics that matter most, with telling comments. For pages and digests.

what_is_said(person, filters, version, seen, locale, min_n)   with everything checked that has to be
said_of(person, chosen, version, seen, published)                   where a selection is at hand already
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.statistics.topic_shares import Mentioned, topic_shares
from analysis.summary import Kind, Matter, what_matters
from analysis.types import Reason
from analysis.wording.topics import matter_told
from survey.figures.examples import examples
from survey.figures.filters import Filters
from survey.figures.places import Places
from survey.figures.publication import Publication
from survey.figures.selection import Selection, State, selection
from survey.figures.subjects import responses_series, subjects
from survey.figures.topics import comments_told, heard
from survey.models import User, Version
from survey.names import topic_name

MOST = 3
_LABELS = {True: "negative", False: "positive"}


@dataclass(frozen=True, slots=True)
class TopicSaid:
    """One of the topics: why it is told, the sentence for it, and at most two comments (rows of Comment)."""

    topic: str
    name: str
    kind: Kind
    sentence: str
    comments: Sequence[Any]

    @property
    def good(self) -> bool:
        return self.kind in (Kind.BETTER, Kind.PRAISED_MORE, Kind.PRAISE)

    @property
    def label(self) -> str:
        """Of the comments that are meant."""
        return _LABELS[self.kind.negative]


@dataclass(frozen=True, slots=True)
class WhatIsSaid:
    """Of `n` comments with content; 0 where none may be shown, and then there are no topics."""

    n: int = 0
    topics: Sequence[TopicSaid] = ()


def what_is_said(
    person: User,
    filters: Filters,
    version: Version,
    seen: Places,
    locale: str,
    min_n: int,
    *,
    with_comments: int = 2,
) -> WhatIsSaid:
    """On the published days around those asked for; empty where nothing may be shown. Sentences in `locale`."""
    published = Publication(person, filters.questionnaire_id, seen, min_n)
    chosen = selection(
        person, filters, responses_series(version), seen, published, seen.leaves(filters.unit_path)
    )
    return said_of(person, chosen, version, seen, published, locale, with_comments=with_comments)


def said_of(
    person: User,
    chosen: Selection,
    version: Version,
    seen: Places,
    published: Publication,
    locale: str,
    *,
    with_comments: int = 2,
) -> WhatIsSaid:
    """The same of a selection. Comments of its small units are never among them."""
    now = _mentioned(person, chosen.filters, version, seen, published) if chosen.state is State.OPEN else None
    if now is None or not now.n:
        return WhatIsSaid()
    before = _mentioned(person, chosen.filters.before(), version, seen, published)
    matters = what_matters(topic_shares(now, before, why_no_base=Reason.SUPPRESSED), MOST)
    return WhatIsSaid(now.n, [_told(person, chosen, one, locale, with_comments) for one in matters])


def _told(person: User, chosen: Selection, matter: Matter, locale: str, with_comments: int) -> TopicSaid:
    topic, name = matter.topic, topic_name(matter.topic, locale)
    label, without = _LABELS[matter.kind.negative], chosen.small_units
    found = (
        examples(person, chosen.filters, topic, label, without=without, most=with_comments)
        if with_comments
        else []
    )
    return TopicSaid(topic, name, matter.kind, matter_told(matter, {topic: name}, locale), found)


def _mentioned(
    person: User | None, filters: Filters, version: Version, seen: Places, published: Publication
) -> Mentioned | None:
    """The mentions on these days; None where they may not be shown."""
    said = [one for one in subjects(version).values() if one.track.kind == "said"]
    responses = responses_series(version)
    if not said or not comments_told(published, responses, said, filters, seen):
        return None
    found = heard(person, filters, said).get(())
    return None if found is None or found.mentioned.n < published.min_n else found.mentioned
