"""Which responses a figure is about, and by what it is split."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from survey.models import Grain
from survey.processing.cuts import period_start


class Dimension(StrEnum):
    """What a figure can be split by; the value is its name on the command line and in exports."""

    UNIT = "unit"
    SERVICE_TYPE = "service_type"
    PERIOD = "period"
    CHANNEL = "channel"
    LOCALE = "locale"


@dataclass(frozen=True, slots=True)
class Filters:
    """Responses to one questionnaire on the days first_on…last_on, both included.

    `unit_path` limits to a unit and all below it ("" to none), `service_type_ids` to some service types
    (empty: all), `channel` and `locale` to one of each ("" for all).
    """

    questionnaire_id: int
    first_on: date
    last_on: date
    unit_path: str = ""
    service_type_ids: frozenset[int] = frozenset()
    channel: str = ""
    locale: str = ""

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    def before(self) -> Filters:
        """The previous period of the same length: as many months where months begin it, else as many days."""
        following = self.last_on + timedelta(days=1)
        if self.first_on.day == 1 and (following.day == 1 or self.days > LONG):
            first = _months_back(self.first_on, _months_between(self.first_on, self.last_on))
            return replace(self, first_on=first, last_on=self.first_on - timedelta(days=1))
        first = self.first_on - timedelta(days=self.days)
        return replace(self, first_on=first, last_on=self.first_on - timedelta(days=1))


LONG = 200  # days; of a range from the first of a month that is longer, the broken last month counts as one


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _months_back(day: date, months: int) -> date:
    for _ in range(months):
        day = period_start(day - timedelta(days=1), Grain.MONTH)
    return day
