"""Reading the tallies: merged counts for filters and dimensions, by one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from survey.access import limited
from survey.extensions import db
from survey.figures.cover import Part, cover, grains_for, widened
from survey.figures.filters import Dimension, Filters
from survey.locales import LOCALES
from survey.models import ANY, Channel, Grain, Response, Tally, Unit, User
from survey.processing.cuts import period_start

Key = tuple[Any, ...]  # one value a dimension: unit id, service type id, date, channel, locale
Counts = Mapping[int, Mapping[Key, Counter[str]]]  # series id -> key -> value -> count

MOST_ARMS = 300  # SQLite takes 500 parts of a compound statement
COLUMNS: Mapping[Dimension, Any] = {
    Dimension.UNIT: Tally.unit_id,
    Dimension.SERVICE_TYPE: Tally.service_type_id,
    Dimension.PERIOD: Tally.period_on,
    Dimension.CHANNEL: Tally.channel,
    Dimension.LOCALE: Tally.locale,
}


def counts(
    person: User | None,
    filters: Filters,
    series_ids: Iterable[int],
    dimensions: Sequence[Dimension] = (),
    grain: Grain | None = None,
) -> Counts:
    """What `person` may see (None: all, for the command line), merged over everything but the dimensions.

    `grain` is that of Dimension.PERIOD, whose keys are first days of periods. A group without any count is absent.
    """
    found: dict[int, dict[Key, Counter[str]]] = {series: defaultdict(Counter) for series in series_ids}
    parts = _parts(filters, dimensions, grain)
    at = dimensions.index(Dimension.PERIOD) if Dimension.PERIOD in dimensions else None
    for arms in _chunks(_arms(person, filters, list(found), dimensions, parts)):
        for series, *key, value, count in db.session.execute(union_all(*arms)):
            if at is not None:
                key[at] = period_start(key[at], grain or Grain.DAY)
            found[series][tuple(key)][value] += int(count)
    return found


def known_days(questionnaire_id: int) -> tuple[date, date] | None:
    """The days of the first and the last response; None when there are none."""
    here = Response.questionnaire_id == questionnaire_id
    first = select(func.min(Response.submitted_on)).where(here).scalar_subquery()
    last = select(func.max(Response.submitted_on)).where(here).scalar_subquery()
    earliest, latest = db.session.execute(select(first, last)).one()
    return (earliest, latest) if earliest else None


def _parts(filters: Filters, dimensions: Sequence[Dimension], grain: Grain | None) -> list[Part]:
    known = known_days(filters.questionnaire_id)
    if known is None or filters.first_on > known[1] or filters.last_on < known[0]:
        return []
    split = (grain or Grain.DAY) if Dimension.PERIOD in dimensions else None
    grains = grains_for(split, detailed=_detailed(filters, dimensions))
    return cover(*widened(filters.first_on, filters.last_on, known, grains[0]), grains)


def _detailed(filters: Filters, dimensions: Sequence[Dimension]) -> bool:
    split = {Dimension.CHANNEL, Dimension.LOCALE} & set(dimensions)
    return bool(filters.channel or filters.locale or split)


def _arms(
    person: User | None,
    filters: Filters,
    series_ids: Sequence[int],
    dimensions: Sequence[Dimension],
    parts: Sequence[Part],
) -> Iterator[Select[Any]]:
    """One select a part and series: each reads one stretch of the primary key and sorts only that."""
    keys = [COLUMNS[dimension] for dimension in dimensions]
    detailed = _detailed(filters, dimensions)
    for part in parts:
        for series in series_ids:
            arm = (
                select(literal(series), *keys, Tally.value, func.sum(Tally.count))
                .where(Tally.series_id == series, *_cut(part, filters, detailed), *_where(filters))
                .group_by(*keys, Tally.value)
            )
            yield limited(arm, Tally.unit_id, person) if person else arm


def _cut(part: Part, filters: Filters, detailed: bool) -> list[ColumnElement[bool]]:
    """Every channel and language is named, so that the database goes straight to the days."""
    channels, locales = list(Channel), list(LOCALES)
    if part.grain != Grain.DAY and not detailed:
        channels, locales = [ANY], [ANY]  # type: ignore[list-item]
    return [
        Tally.grain == part.grain,
        Tally.channel.in_([filters.channel] if filters.channel else channels),
        Tally.locale.in_([filters.locale] if filters.locale else locales),
        Tally.period_on.between(part.first, part.last),
    ]


def _where(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.unit_path:
        below = Unit.path.startswith(filters.unit_path, autoescape=True)
        found.append(Tally.unit_id.in_(select(Unit.id).where(below)))
    if filters.service_type_ids:
        found.append(Tally.service_type_id.in_(sorted(filters.service_type_ids)))
    return found


def _chunks(arms: Iterable[Select[Any]]) -> Iterator[list[Select[Any]]]:
    chunk: list[Select[Any]] = []
    for arm in arms:
        chunk.append(arm)
        if len(chunk) == MOST_ARMS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
