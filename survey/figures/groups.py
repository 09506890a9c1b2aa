"""`by`: one question's figures per group, suppressed. For the command line, exports and pages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.statistics.suppression import check_threshold
from analysis.types import Distribution, Estimate
from survey.errors import Missing
from survey.extensions import db
from survey.figures.cover import period_end
from survey.figures.filters import Dimension, Filters
from survey.figures.measures import base, distribution, estimates, hidden
from survey.figures.places import Places, places
from survey.figures.publication import Publication
from survey.figures.subjects import Subject, current, subjects
from survey.figures.tallies import Key, counts
from survey.locales import say
from survey.models import Grain, Questionnaire, User


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group. `names` has a name in the reader's language for each dimension; `keys` ids and dates.

    Of a suppressed group `distribution` is None and every estimate is without value and n.
    """

    keys: Mapping[Dimension, Any]
    names: Mapping[Dimension, str]
    distribution: Distribution | None
    estimates: Mapping[str, Estimate]

    @property
    def suppressed(self) -> bool:
        return self.distribution is None


def by(
    person: User | None,
    filters: Filters,
    question_code: str,
    dimensions: Sequence[Dimension] = (),
    *,
    min_n: int,
    locale: str,
    grain: Grain | None = None,
    allow_small: bool = False,
) -> list[GroupFigures]:
    """The groups that have counts, in the order of tree, service types and time. Raises Missing for the code.

    `person` None sees all units; `allow_small` permits `min_n` below 5 (administrators' command line).
    A unit's group is what was answered about itself, not about units below it.
    Question codes are those of tracks: a question's, or `question.row` of a matrix.
    """
    subject = _subject(filters, question_code)
    found = counts(person, filters, [subject.series_id], dimensions, grain)[subject.series_id]
    check_threshold(min_n, allow_small)
    seen = places(person)
    published = Publication(person, filters.questionnaire_id, seen, min_n)
    made = []
    for key in sorted(found, key=lambda key: _order(seen, dimensions, key)):
        keys = dict(zip(dimensions, key, strict=True))
        names = {d: _name(seen, d, value, locale) for d, value in keys.items()}
        shown = _shown(published, seen, filters, subject, keys, grain)
        made.append(_figures(keys, names, subject, found[key], least=min_n if shown else None))
    return made


def published_days(filters: Filters, question_code: str, min_n: int) -> Filters:
    """The same for the published days around its own, for the command line; unchanged where there are none."""
    series_id = _subject(filters, question_code).series_id
    return (
        Publication(None, filters.questionnaire_id, places(None), min_n).snap(series_id, filters) or filters
    )


def _figures(
    keys: Mapping[Dimension, Any],
    names: Mapping[Dimension, str],
    subject: Subject,
    counted: Counter[str],
    *,
    least: int | None,
) -> GroupFigures:
    """Of a group of at least so many answers; None hides any."""
    told = distribution(subject.track, counted)
    found = estimates(subject.track, told)
    if least is None or 0 < base(told) < least:
        return GroupFigures(keys, names, None, {metric: hidden(of) for metric, of in found.items()})
    return GroupFigures(keys, names, told, found)


def _shown(
    published: Publication,
    seen: Places,
    filters: Filters,
    subject: Subject,
    keys: Mapping[Dimension, Any],
    grain: Grain | None,
) -> bool:
    """Whether the group is published: the filters, narrowed to it."""
    one = narrowed(filters, keys, grain or Grain.DAY)
    if Dimension.UNIT in keys:
        return published.shows_own(subject.series_id, one, seen.units[keys[Dimension.UNIT]])
    return published.shows(subject.series_id, one)


def narrowed(filters: Filters, keys: Mapping[Dimension, Any], grain: Grain) -> Filters:
    """The filters for one group; but for its unit."""
    found: dict[str, Any] = {}
    if Dimension.SERVICE_TYPE in keys:
        found["service_type_ids"] = frozenset({keys[Dimension.SERVICE_TYPE]})
    if Dimension.CHANNEL in keys:
        found["channel"] = keys[Dimension.CHANNEL]
    if Dimension.LOCALE in keys:
        found["locale"] = keys[Dimension.LOCALE]
    if Dimension.PERIOD in keys:
        day = keys[Dimension.PERIOD]
        found["first_on"] = max(day, filters.first_on)
        found["last_on"] = min(period_end(day, grain), filters.last_on)
    return replace(filters, **found)


def merged(
    found: Mapping[Key, Counter[str]], onto: Mapping[Any, Any], at: int = 0
) -> dict[Key, Counter[str]]:
    """The counts with the key at position `at` replaced, e.g. departments rolled up to branches."""
    result: dict[Key, Counter[str]] = {}
    for key, counted in found.items():
        new = (*key[:at], onto.get(key[at], key[at]), *key[at + 1 :])
        result.setdefault(new, Counter()).update(counted)
    return result


def _subject(filters: Filters, code: str) -> Subject:
    questionnaire = db.session.get(Questionnaire, filters.questionnaire_id)
    version = current(questionnaire) if questionnaire else None
    found = subjects(version).get(code) if version else None
    if found is None:
        raise Missing
    return found


def _name(seen: Places, dimension: Dimension, value: Any, locale: str) -> str:
    if dimension == Dimension.UNIT:
        return say(seen.units[value].names, locale)
    if dimension == Dimension.SERVICE_TYPE:
        return say(seen.service_types[value].names, locale)
    return str(value)


def _order(seen: Places, dimensions: Sequence[Dimension], key: Key) -> tuple[Any, ...]:
    place = {
        Dimension.UNIT: {id_: index for index, id_ in enumerate(seen.units)},
        Dimension.SERVICE_TYPE: {id_: index for index, id_ in enumerate(seen.service_types)},
    }
    return tuple(place[d][value] if d in place else value for d, value in zip(dimensions, key, strict=True))
