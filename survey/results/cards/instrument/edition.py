"""One version of the questionnaire with what is known of its questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.statistics.internal_consistency import Alpha, cronbach_alpha
from analysis.statistics.item_quality import ItemQuality, item_quality
from analysis.statistics.joint import Joint
from analysis.statistics.one_factor import Omega, omega_total
from survey.figures import Edition, Subject, counts, distribution, joint, subjects
from survey.questions.definition import definition_of
from survey.questions.whole import about_the_whole
from survey.results.cards.matters.study import bounds, oriented
from survey.results.labels import span_label
from survey.results.view import View

FEWEST = 2  # questions that can go together

_omega = lru_cache(maxsize=256)(omega_total)  # a search: made once for the same answers


@dataclass(frozen=True, slots=True)
class Scale:
    """Questions that are to measure one thing, and how well they go together."""

    name: str  # of the dimension; empty: all of them
    items: Sequence[Subject]
    alpha: Alpha
    omega: Omega


@dataclass(frozen=True, slots=True)
class Tested:
    """`joint` is None where nothing may be shown; `scales` begin with the whole."""

    edition: Edition
    days: str = ""
    joint: Joint | None = None
    scales: Sequence[Scale] = ()
    quality: Sequence[tuple[Subject, ItemQuality]] = ()


def tested(view: View, edition: Edition) -> Tested:
    if edition.filters is None:
        return Tested(edition)
    counted = joint(view.person, edition.filters, view.published, version=edition.version)
    found = counted.joint
    if found is None:
        return Tested(edition)
    asked = [one for one in subjects(edition.version).values() if one.track.scale is not None]
    days = span_label(counted.filters.first_on, counted.filters.last_on, view.locale)
    known = {item.code for item in found.items}
    quality = _quality(
        view, edition, [one for one in asked if one.code in known or _shown(view, edition, one)]
    )
    return Tested(edition, days, found, _scales(view, edition, found, asked), quality)


def _shown(view: View, edition: Edition, one: Subject) -> bool:
    """Of a scale too long for pairs."""
    return edition.filters is not None and view.published.shows(one.series_id, edition.filters)


def _quality(view: View, edition: Edition, asked: Sequence[Subject]) -> list[tuple[Subject, ItemQuality]]:
    """The joint counts are published, so the single ones of the same months are."""
    if edition.filters is None:
        return []
    told = counts(view.person, edition.filters, [one.series_id for one in asked])
    found = []
    for one in asked:
        if one.track.scale is not None:
            counted = told[one.series_id].get((), Counter())
            found.append((one, item_quality(distribution(one.track, counted), one.track.scale)))
    return found


def _scales(view: View, edition: Edition, found: Joint, asked: Sequence[Subject]) -> list[Scale]:
    """All parts of the service on the commonest scale, and each dimension of two or more of them."""
    parts = [
        one
        for one in asked
        if one.code in found.always and one.track.expectation_of is None and not about_the_whole(one.track)
    ]
    ends = Counter(bounds(one.track) for one in parts)
    alike = [one for one in parts if ends and bounds(one.track) == ends.most_common(1)[0][0]]
    names = definition_of(edition.version).dimensions
    grouped = {"": alike} | {
        names[code].say(view.locale): [one for one in alike if one.track.dimension == code] for code in names
    }
    return [_scale(found, name, items) for name, items in grouped.items() if len(items) >= FEWEST or not name]


def _scale(found: Joint, name: str, items: Sequence[Subject]) -> Scale:
    sums = found.sums([oriented(found, one.track) for one in items])
    return Scale(name, items, cronbach_alpha(sums), _omega(sums))
