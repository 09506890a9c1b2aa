"""Who answered before and since: parts of the responses by service type, channel and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from survey.actions.evaluation import Evaluation, Reader
from survey.figures import (
    Dimension,
    Filters,
    counts,
    current,
    responses_series,
)
from survey.figures.groups import narrowed
from survey.locales import NAMES, say
from survey.models import Action, Grain, Unit
from survey.names import CHANNELS
from survey.processing.counting import RECEIVED
from survey.processing.cuts import period_start

DIMENSIONS = (Dimension.SERVICE_TYPE, Dimension.CHANNEL, Dimension.LOCALE)
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the responses; None where a side is not published."""

    dimension: Dimension
    label: str
    before: int | None
    after: int | None

    @property
    def key(self) -> str:
        return f"{self.dimension}:{self.label}"


@dataclass(frozen=True, slots=True)
class Mix:
    """In whole months before the start and since."""

    before: Filters
    after: Filters
    n: tuple[int | None, int | None]
    parts: list[Part]


def mix(reader: Reader, action: Action, found: Evaluation) -> Mix | None:
    """None while there is no whole month on a side.

    By months, else by quarters, which are published of smaller parts too: whichever shows more.
    """
    version, best = current(action.questionnaire), None
    for begins, longest in ((_month, 31), (_quarter, 92)):
        sides = _sides(reader, action, found, begins, timedelta(days=longest))
        if sides is None or version is None:
            continue
        made = _mixed(reader, responses_series(version), action.now.units(), sides)
        if best is None or _shown(made) > _shown(best):
            best = made
        if _shown(made) == len(made.parts):
            break
    return best


def _shown(of: Mix) -> int:
    return sum(1 for _part in known_parts(of))


def _mixed(reader: Reader, series: int, units: list[Unit], sides: tuple[Filters, Filters]) -> Mix:
    wholes = [_side(reader, series, units, filters, None) for filters in sides]
    parts = []
    for dimension in DIMENSIONS:
        before, after = (_side(reader, series, units, filters, dimension) for filters in sides)
        for value in sorted(before.keys() | after.keys(), key=str):
            label = _label(reader, dimension, value)
            parts.append(Part(dimension, label, before.get(value, 0), after.get(value, 0)))
    return Mix(*sides, (wholes[0].get(None, 0), wholes[1].get(None, 0)), parts)


def _month(day: date) -> date:
    return period_start(day, Grain.MONTH)


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _sides(
    reader: Reader, action: Action, found: Evaluation, begins: Callable[[date], date], longest: timedelta
) -> tuple[Filters, Filters] | None:
    """A year at most before the start and since, between beginnings of months or of quarters."""
    known, starts_on, course = reader.known(action.questionnaire_id), action.now.starts_on, found.course
    if known is None or course is None or not course.periods:
        return None
    earliest = max(known[0], starts_on - _YEAR)
    before = Filters(action.questionnaire_id, begins(earliest), begins(starts_on) - _DAY)
    first = starts_on if begins(starts_on) == starts_on else begins(begins(starts_on) + longest)
    last = min(found.until, starts_on + _YEAR)
    after = replace(before, first_on=first, last_on=last if last >= known[1] else begins(last + _DAY) - _DAY)
    return (before, after) if before.days > 0 and after.days > 0 else None


def _side(
    reader: Reader, series: int, units: list[Unit], filters: Filters, dimension: Dimension | None
) -> dict[Any, int | None]:
    """Responses by value; None for a part of which some unit's may not be shown."""
    published = reader.published(filters.questionnaire_id)
    summed: Counter[Any] = Counter()
    hidden: set[Any] = set()
    for unit in units:
        of_unit = replace(filters, unit_path=unit.path)
        split = [dimension] if dimension else []
        for key, counted in counts(reader.person, of_unit, [series], split)[series].items():
            value = key[0] if key else None
            summed[value] += counted[RECEIVED]
        for value in summed:
            one = narrowed(of_unit, {dimension: value}, Grain.DAY) if dimension else of_unit
            if not published.shows(series, one):
                hidden.add(value)
    return {value: None if value in hidden or n < reader.min_n else n for value, n in summed.items()}


def _label(reader: Reader, dimension: Dimension, value: Any) -> str:
    if dimension is Dimension.SERVICE_TYPE:
        return say(reader.seen.service_types[value].names, reader.locale)
    return str(CHANNELS[value]) if dimension is Dimension.CHANNEL else NAMES[value]


def known_parts(of: Mix) -> Iterator[Part]:
    """Those of which both sides may be shown."""
    return (part for part in of.parts if part.before is not None and part.after is not None)
