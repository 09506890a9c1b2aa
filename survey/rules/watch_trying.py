"""What a rule on figures would have told in the past year, of the units that a person may see."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.alerts.service import Wanted
from survey.alerts.signals import Looked, Signal, last_whole, signals
from survey.alerts.watch import Watch
from survey.alerts.watching import units
from survey.figures import Publication, places
from survey.models import Unit, User

YEAR = timedelta(days=365)
SECONDS = 8.0  # what could not be reached is told


@dataclass(frozen=True)
class WatchTried:
    days: tuple[date, date]
    signals: Sequence[Signal]  # the newest first
    units: Sequence[Unit]  # that were looked at
    left: int = 0  # units for which there was no time


def tried(wanted: Wanted, watch: Watch, today: date, person: User, min_n: int) -> WatchTried:
    last = last_whole(today, watch.grain)
    days = last - YEAR + timedelta(days=1), last
    seen = places(person)
    every = units(wanted.unit, watch, seen.units.values())
    if wanted.questionnaire is None:
        return WatchTried(days, [], every)
    published = Publication(person, wanted.questionnaire.id, seen, min_n)
    look = Looked(wanted.questionnaire, watch, seen, published, person)
    until, found, looked = time.monotonic() + SECONDS, list[Signal](), list[Unit]()
    for unit in every:
        if time.monotonic() > until:
            break
        found += signals(look, unit, days)
        looked.append(unit)
    newest = sorted(found, key=lambda one: one.period_on, reverse=True)
    return WatchTried(days, newest, looked, len(every) - len(looked))
