"""How long each severity may wait: what a unit or one above it says, else the defaults.

Serious matters run by the clock, nights and holidays included; the others in working time, of which a day has eight hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey.duty.working import Calendar, NoWorkingTime, add_working_time, subtract_working_time
from survey.models import Limited, TimeLimit

HOUR = 60  # minutes
WORKING_DAY, CLOCK_DAY = 8 * HOUR, 24 * HOUR
WARN_SHARE = 0.25  # of the time: so much is left when a limit is warned of


@dataclass(frozen=True, slots=True)
class Limit:
    minutes: int
    by_clock: bool

    def end(self, start: datetime, calendar: Calendar) -> datetime:
        if not self.by_clock:
            try:
                return add_working_time(start, self.minutes, calendar)
            except NoWorkingTime:
                pass  # who never works waits by the clock
        return start + timedelta(minutes=self.minutes)

    def warning(self, end: datetime, calendar: Calendar) -> datetime:
        """When to warn of an end."""
        left = round(self.minutes * WARN_SHARE)
        if not self.by_clock:
            try:
                return subtract_working_time(end, left, calendar)
            except NoWorkingTime:
                pass
        return end - timedelta(minutes=left)


Limits = Mapping[tuple[str, str], Limit]  # by severity and what is limited

DEFAULTS: Limits = {
    ("serious", Limited.ACKNOWLEDGE): Limit(30, True),
    ("serious", Limited.CONTACT): Limit(4 * HOUR, True),
    ("serious", Limited.RESOLVE): Limit(3 * CLOCK_DAY, True),
    ("ordinary", Limited.ACKNOWLEDGE): Limit(4 * HOUR, False),
    ("ordinary", Limited.CONTACT): Limit(2 * WORKING_DAY, False),
    ("ordinary", Limited.RESOLVE): Limit(7 * WORKING_DAY, False),
    ("attention", Limited.ACKNOWLEDGE): Limit(2 * WORKING_DAY, False),
    ("attention", Limited.CONTACT): Limit(4 * WORKING_DAY, False),
    ("attention", Limited.RESOLVE): Limit(15 * WORKING_DAY, False),
}


def merged(rows: Iterable[TimeLimit]) -> Limits:
    """`rows` from the top down."""
    return dict(DEFAULTS) | {(row.severity, row.limited): Limit(row.minutes, row.by_clock) for row in rows}
