"""The two sides of a comparison, on days on which both are published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from analysis.types import Group
from survey.figures import Filters, Publication, Subject, counts, group
from survey.models import User
from survey.results.view import View

MOST_TRIES = 12


@dataclass(frozen=True)
class Side:
    key: str
    label: str
    subject: Subject
    filters: Filters
    published: Publication
    person: User

    @property
    def shown(self) -> bool:
        return self.published.shows(self.subject.series_id, self.filters)

    def on(self, first: date, last: date) -> Side:
        return replace(self, filters=replace(self.filters, first_on=first, last_on=last))

    @cached_property
    def counted(self) -> Counter[str]:
        series = self.subject.series_id
        return counts(self.person, self.filters, [series])[series].get((), Counter())

    def told(self, metric: str) -> Group:
        """The side's figure; hidden where it is not to be shown."""
        track, least = self.subject.track, self.published.min_n
        return group(self.key, self.label, track, metric, self.counted, min_n=least, shown=self.shown)


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
