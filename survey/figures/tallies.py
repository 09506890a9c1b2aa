"""Reading the tallies: merged counts for filters and dimensions, by one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, func, not_, or_, select, union_all

from survey.access import among, counted
from survey.extensions import db
from survey.figures.cover import Part, cover, grains_for, widened
from survey.figures.filters import Dimension, Filters
from survey.locales import LOCALES
from survey.models import ANY, ANY_SERVICE, Channel, Grain, Series, ServiceType, Tally, Unit, User
from survey.processing.counting import BESIDE, RESPONSES
from survey.processing.cuts import CUTS, Split, period_start, smallest

_TOLD_APART = or_(*(Tally.value.startswith(start) for start in BESIDE))  # what is no answer, see counting.py

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
    units: Sequence[Unit] = (),
    beside: bool = False,
) -> Counts:
    """What `person` may see (None: all, for the command line), merged over everything but the dimensions.

    Answers, or with `beside` only what is counted beside them: topics, of which one response has any number.

    `grain` is that of Dimension.PERIOD, whose keys are first days of periods. A group without any count is absent.
    With `units` only what was answered about one of them or below it.
    """
    found: dict[int, dict[Key, Counter[str]]] = {series: defaultdict(Counter) for series in series_ids}
    at = dimensions.index(Dimension.PERIOD) if Dimension.PERIOD in dimensions else None
    where = [*_below([unit.path for unit in units]), _TOLD_APART if beside else not_(_TOLD_APART)]
    read = reading(person, filters, found, dimensions, [Tally.value], [func.sum(Tally.count)], grain, where)
    for series, *key, value, count in db.session.execute(read) if read is not None else ():
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
    seen = counted(seen, Tally.unit_id, person)
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


def reading(
    person: User | None,
    filters: Filters,
    series_ids: Iterable[int],
    dimensions: Sequence[Dimension],
    more: Sequence[Any],
    sums: Sequence[Any],
    grain: Grain | None = None,
    where: Sequence[ColumnElement[bool]] = (),
) -> CompoundSelect[Any] | None:
    """Series, dimensions and `more` columns with the `sums` of the rows of each; None where there are none.

    One select a part of the days: for each series it reads stretches of the primary key.
    """
    asked, found = _asked(filters, dimensions), list(series_ids)
    parts = _parts(filters, (grain or Grain.DAY) if Dimension.PERIOD in dimensions else None, asked)
    keys = [Tally.series_id, *(COLUMNS[dimension] for dimension in dimensions), *more]
    arms = []
    for part in parts if found else ():
        arm = (
            select(*keys, *sums)
            .where(Tally.series_id.in_(found), Tally.grain == part.grain)
            .where(*_cut(filters, smallest(asked, part.grain)), *where)
            .where(Tally.period_on.between(part.first, part.last), *_below([filters.unit_path]))
            .group_by(*keys)
        )
        arms.append(counted(arm, Tally.unit_id, person))
    return union_all(*arms) if arms else None


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


def _below(paths: Iterable[str]) -> list[ColumnElement[bool]]:
    """Nothing, where there is none but ""."""
    below = [Unit.path.startswith(path, autoescape=True) for path in paths if path]
    return [among(Tally.unit_id, select(Unit.id).where(or_(*below)))] if below else []
