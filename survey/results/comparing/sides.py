"""The two sides of a comparison, on days on which both are published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from analysis.types import Group
from survey.figures import Dimension, Filters, Publication, Subject, counts, group
from survey.figures.groups import narrowed
from survey.models import Grain, User
from survey.results.view import View

MOST_TRIES = 12


@dataclass(frozen=True)
class Side:
    """What some filters choose, `less` what another side is: all others. Nothing is told of these but what follows
    from two figures that are published."""

    key: str
    label: str
    subject: Subject
    filters: Filters
    published: Publication
    person: User
    less: Side | None = None

    @property
    def shown(self) -> bool:
        shown = self.published.shows(self.subject.series_id, self.filters)
        return shown and (self.less is None or self.less.shown)

    def on(self, first: date, last: date) -> Side:
        less = self.less.on(first, last) if self.less else None
        return replace(self, filters=replace(self.filters, first_on=first, last_on=last), less=less)

    @cached_property
    def counted(self) -> Counter[str]:
        series = self.subject.series_id
        found = counts(self.person, self.filters, [series])[series].get((), Counter())
        return found - self.less.counted if self.less else found

    def kinds(self, dimension: Dimension) -> dict[Any, Counter[str] | None]:
        """By kind; None where its figures on this side are not published."""
        series = self.subject.series_id
        counted = counts(self.person, self.filters, [series], [dimension])[series]
        found: dict[Any, Counter[str] | None] = {}
        for (kind,), values in counted.items():
            one = narrowed(self.filters, {dimension: kind}, Grain.DAY)
            found[kind] = values if self.published.shows(series, one) else None
        return _less(found, self.less.kinds(dimension)) if self.less else found

    def told(self, metric: str) -> Group:
        """The side's figure; hidden where it is not to be shown."""
        track, least = self.subject.track, self.published.min_n
        return group(self.key, self.label, track, metric, self.counted, min_n=least, shown=self.shown)


def _less(
    whole: dict[Any, Counter[str] | None], less: dict[Any, Counter[str] | None]
) -> dict[Any, Counter[str] | None]:
    """Known only where both are: that nobody is of a kind counts as not known."""
    found: dict[Any, Counter[str] | None] = {}
    for kind, values in whole.items():
        taken = less.get(kind)
        found[kind] = None if values is None or taken is None else values - taken
    return found


def against_rest(one: Side, whole: Side, label: str) -> tuple[Side, Side] | None:
    """A part and all others, on days on which the part and the whole are both published; None where there are none."""
    found = on_common_days((one, whole))
    return (found[0], replace(found[1], key="rest", label=label, less=found[0])) if found else None


def widened(side: Side) -> Side | None:
    """The side on the published days around its own; None where there are none."""
    found = side.published.snap(side.subject.series_id, side.filters)
    return side.on(found.first_on, found.last_on) if found else None


def on_common_days(sides: tuple[Side, Side]) -> tuple[Side, Side] | None:
    """Both sides on the shortest days around theirs on which both are published; None where there are none."""
    one, other = sides
    for _try in range(MOST_TRIES):
        wide, wide_other = widened(one), widened(other)
        if wide is None or wide_other is None:
            return None
        first = min(wide.filters.first_on, wide_other.filters.first_on)
        last = max(wide.filters.last_on, wide_other.filters.last_on)
        one, other = wide.on(first, last), wide_other.on(first, last)
        if one.shown and other.shown:
            return one, other
    return None


def follow(one: Side, other: Side) -> bool:
    """Whether one side's days begin on the day after the other's end."""
    first, second = sorted((one.filters, other.filters), key=lambda filters: filters.first_on)
    return second.first_on - first.last_on == timedelta(days=1)


def overlap(one: Side, other: Side) -> bool:
    first, second = sorted((one.filters, other.filters), key=lambda filters: filters.first_on)
    return second.first_on <= first.last_on


def a_year_before(filters: Filters) -> Filters:
    """The same days of the year before, so that seasons do not count."""
    first, last = (_year_back(day) for day in (filters.first_on, filters.last_on))
    return replace(filters, first_on=first, last_on=last)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def side_of(view: View, key: str, label: str, filters: Filters) -> Side:
    """A side of the view's own questionnaire."""
    if view.main is None:
        raise ValueError("nothing is scored")
    return Side(key, label, view.main, filters, view.published, view.person)
