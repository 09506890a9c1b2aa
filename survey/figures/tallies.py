"""Reading the tallies: merged counts for filters and dimensions, by one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from survey.access import limited
from survey.extensions import db
from survey.figures.cover import Part, cover, grains_for, widened
from survey.figures.filters import Dimension, Filters
from survey.locales import LOCALES
from survey.models import ANY, ANY_SERVICE, Channel, Grain, Series, ServiceType, Tally, Unit, User
from survey.processing.counting import RESPONSES
from survey.processing.cuts import CUTS, Split, period_start, smallest

Key = tuple[Any, ...]  # one value a dimension: unit id, service type id, date, channel, locale
Counts = Mapping[int, Mapping[Key, Counter[str]]]  # series id -> key -> value -> count

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
    asked = _asked(filters, dimensions)
    parts = _parts(filters, (grain or Grain.DAY) if Dimension.PERIOD in dimensions else None, asked)
    if not parts or not found:
        return found
    at = dimensions.index(Dimension.PERIOD) if Dimension.PERIOD in dimensions else None
    arms = list(_arms(person, filters, list(found), dimensions, parts, asked))
    for series, *key, value, count in db.session.execute(union_all(*arms)):
        if at is not None:
            key[at] = period_start(key[at], grain or Grain.DAY)
        found[series][tuple(key)][value] += int(count)
    return found


def known_days(questionnaire_id: int, person: User | None = None) -> tuple[date, date] | None:
    """The days of the first and the last counted response `person` may see (None: all); None without any.

    The first of an order, not a minimum: both databases then stop reading the key where they find it.
    """
    series = select(Series.id).where(Series.questionnaire_id == questionnaire_id, Series.code == RESPONSES)
    day = Tally.period_on
    seen = select(day).where(
        Tally.series_id == series.scalar_subquery(),
        Tally.grain == Grain.DAY,
        Tally.channel == ANY,
        Tally.locale == ANY,
        Tally.service_type_id == ANY_SERVICE,
    )
    if person is not None:
        seen = limited(seen, Tally.unit_id, person)
    first, last = (seen.order_by(order).limit(1).scalar_subquery() for order in (day, day.desc()))
    earliest, latest = db.session.execute(select(first, last)).one()
    return (earliest, latest) if earliest else None


def _parts(filters: Filters, grain: Grain | None, asked: Split) -> list[Part]:
    known = known_days(filters.questionnaire_id)
    if known is None or filters.first_on > known[1] or filters.last_on < known[0]:
        return []
    weeks = any(of == Grain.WEEK and split.answers(asked) for of, split in CUTS)
    grains = grains_for(grain, weeks=weeks)
    return cover(*widened(filters.first_on, filters.last_on, known, grains[0]), grains)


def _asked(filters: Filters, dimensions: Sequence[Dimension]) -> Split:
    """What must be told apart."""
    return Split(
        channel=bool(filters.channel) or Dimension.CHANNEL in dimensions,
        locale=bool(filters.locale) or Dimension.LOCALE in dimensions,
        service=bool(filters.service_type_ids) or Dimension.SERVICE_TYPE in dimensions,
    )


def _arms(
    person: User | None,
    filters: Filters,
    series_ids: Sequence[int],
    dimensions: Sequence[Dimension],
    parts: Sequence[Part],
    asked: Split,
) -> Iterator[Select[Any]]:
    """One select a part: for each series it reads stretches of the primary key."""
    keys = [COLUMNS[dimension] for dimension in dimensions]
    for part in parts:
        split = smallest(asked, part.grain)
        arm = (
            select(Tally.series_id, *keys, Tally.value, func.sum(Tally.count))
            .where(Tally.series_id.in_(series_ids), Tally.grain == part.grain, *_cut(filters, split))
            .where(Tally.period_on.between(part.first, part.last), *_units(filters))
            .group_by(Tally.series_id, *keys, Tally.value)
        )
        yield limited(arm, Tally.unit_id, person) if person else arm


def _cut(filters: Filters, split: Split) -> list[ColumnElement[bool]]:
    """Every channel, language and service type is named, so that the database goes straight to the days."""
    channels = [filters.channel] if filters.channel else [channel.value for channel in Channel]
    locales = [filters.locale] if filters.locale else list(LOCALES)
    services = sorted(filters.service_type_ids) if split.service else []
    if split.service and not services:
        services = list(db.session.scalars(select(ServiceType.id)))
    return [
        Tally.channel.in_(channels if split.channel else [ANY]),
        Tally.locale.in_(locales if split.locale else [ANY]),
        Tally.service_type_id.in_(services if split.service else [ANY_SERVICE]),
    ]


def _units(filters: Filters) -> list[ColumnElement[bool]]:
    if not filters.unit_path:
        return []
    below = Unit.path.startswith(filters.unit_path, autoescape=True)
    return [Tally.unit_id.in_(select(Unit.id).where(below))]
