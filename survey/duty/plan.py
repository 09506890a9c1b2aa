"""Calendars, turns, absences and accounts of some units and of those above them, read once and then asked often."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from survey.duty import turns
from survey.duty.calendars import merged
from survey.duty.working import Calendar, Interval
from survey.duty.zone import default_zone
from survey.extensions import db
from survey.models import Absence, DutyTurn, RoleName, SpecialDay, Tier, Unit, User, WorkCalendar

_ONE = timedelta(days=1)
MOST_SUBSTITUTES = 5  # one for the other


class Hole(StrEnum):
    """Why nobody of a tier is there."""

    NO_ROSTER = "no_roster"  # nobody was ever entered
    UNCOVERED = "uncovered"  # not at this time
    LEFT = "left"  # whose turn it is has no account any more
    ABSENT = "absent"  # and nobody stands in


@dataclass(frozen=True, slots=True)
class Found:
    """Who of a tier is there, or why nobody is."""

    tier: Tier
    person: User | None = None
    hole: Hole | None = None
    unit_id: int | None = None  # whose roster says so
    instead_of: User | None = None


class Plan:
    def __init__(self, units: Iterable[Unit], since: date) -> None:
        """Knows the days from `since` on; earlier ones only of what still holds then."""
        self._paths = {unit.id: unit.path_ids for unit in units}
        self._ids = sorted({number for path in self._paths.values() for number in path})
        self._since = since - timedelta(days=2)
        self._calendars: dict[int, Calendar] = {}
        self._held: dict[tuple[int, date], list[Interval]] = {}

    def calendar(self, unit_id: int) -> Calendar:
        """Of a unit, or of one above it."""
        if unit_id not in self._calendars:
            path = self.path(unit_id)
            weeks = [self._weeks[number] for number in path if number in self._weeks]
            days = [self._days.get(number, ()) for number in path]
            self._calendars[unit_id] = merged(weeks, days, default_zone())
        return self._calendars[unit_id]

    def path(self, unit_id: int) -> list[int]:
        """From the top down to it."""
        if unit_id not in self._paths:
            path = next(path for path in self._paths.values() if unit_id in path)
            self._paths[unit_id] = path[: path.index(unit_id) + 1]
        return self._paths[unit_id]

    def turns(self, unit_id: int, tier: Tier) -> Sequence[DutyTurn]:
        return self._turns.get((unit_id, tier), ())

    def on_duty(self, unit_id: int, tier: Tier, at: datetime) -> Found:
        """By the unit's roster, else by that of the unit above."""
        why: Hole | None = None
        for number in reversed(self.path(unit_id)):
            found = self._at(number, tier, at)
            if found is not None and found.person:
                return found
            why = why or (found.hole if found else None)
        return Found(tier, hole=why or Hole.NO_ROSTER)

    def _at(self, unit_id: int, tier: Tier, at: datetime) -> Found | None:
        calendar, known = self.calendar(unit_id), self.turns(unit_id, tier)
        held = [turn for turn in known if self._covers(turn, at, calendar)]
        why = Hole.UNCOVERED if known else None
        for turn in sorted(held, key=lambda one: not one.is_single):
            person, why = self._there(turn.person, calendar.day(at))
            if person:
                instead = turn.person if person.id != turn.person_id else None
                return Found(tier, person, unit_id=unit_id, instead_of=instead)
        if tier is Tier.HEAD and calendar.is_working(at):
            person = self._by_account(RoleName.HEAD_OF_UNIT, unit_id, calendar.day(at))
            if person:
                return Found(tier, person, unit_id=unit_id)
        return Found(tier, hole=why, unit_id=unit_id) if why else None

    def _covers(self, turn: DutyTurn, at: datetime, calendar: Calendar) -> bool:
        today = calendar.day(at)
        return any(start <= at < end for day in (today, today - _ONE) for start, end in self.held(turn, day))

    def held(self, turn: DutyTurn, day: date) -> list[Interval]:
        """When a turn holds that begins on this local day."""
        key = turn.id, day
        if key not in self._held:
            self._held[key] = turns.intervals(turn, day, self.calendar(turn.unit_id))
        return self._held[key]

    def decided_by(self, unit_id: int) -> int:
        """The unit, at it or above, that is the lowest to say anything about who is there."""
        for number in reversed(self.path(unit_id)):
            says = (
                number in self._weeks
                or number in self._days
                or (RoleName.HEAD_OF_UNIT, number) in self._accounts
            )
            if says or any((number, tier) in self._turns for tier in Tier):
                return number
        return self.path(unit_id)[0]

    def _there(self, person: User, day: date) -> tuple[User | None, Hole | None]:
        """The person, or who stands in; else why nobody."""
        if not person.active:
            return None, Hole.LEFT
        one: User | None = person
        for _hop in range(MOST_SUBSTITUTES):
            away = self._away(one, day) if one else None
            if away is None:
                return (one, None) if one and one.active else (None, Hole.ABSENT)
            one = away.substitute
        return None, Hole.ABSENT

    def _away(self, person: User, day: date) -> Absence | None:
        known = [row for row in self._absences.get(person.id, ()) if row.first_on <= day <= row.last_on]
        return next((row for row in known if row.substitute_id), known[0] if known else None)

    def _by_account(self, role: str, unit_id: int | None, day: date) -> User | None:
        for one in self._accounts.get((role, unit_id), ()):
            person, _why = self._there(one, day)
            if person:
                return person
        return None

    def last_resort(self, unit_id: int, at: datetime) -> Iterator[Found]:
        """Who is asked when the roster has nobody else: head, quality manager, administrator, by account."""
        day = self.calendar(unit_id).day(at)
        for role in (RoleName.HEAD_OF_UNIT, RoleName.QUALITY_MANAGER):
            for number in reversed(self.path(unit_id)):
                person = self._by_account(role, number, day)
                if person:
                    yield Found(Tier.LAST, person, unit_id=number)
                    break
        everywhere = self._accounts.get((RoleName.ADMINISTRATOR, None), ())
        person = self._by_account(RoleName.ADMINISTRATOR, None, day) or next(iter(everywhere), None)
        if person:
            yield Found(Tier.LAST, person)

    @cached_property
    def _weeks(self) -> dict[int, WorkCalendar]:
        rows = db.session.scalars(select(WorkCalendar).where(WorkCalendar.unit_id.in_(self._ids)))
        return {row.unit_id: row for row in rows}

    @cached_property
    def _days(self) -> dict[int, list[SpecialDay]]:
        mine = SpecialDay.unit_id.in_(self._ids)
        return _by(db.session.scalars(select(SpecialDay).where(mine)), lambda row: row.unit_id)

    @cached_property
    def _turns(self) -> dict[tuple[int, str], list[DutyTurn]]:
        mine = (
            DutyTurn.unit_id.in_(self._ids),
            or_(DutyTurn.last_on.is_(None), DutyTurn.last_on >= self._since),
        )
        rows = db.session.scalars(
            select(DutyTurn).where(*mine).order_by(DutyTurn.id).options(joinedload(DutyTurn.person))
        )
        return _by(rows, lambda row: (row.unit_id, row.tier))

    @cached_property
    def _absences(self) -> dict[uuid.UUID, list[Absence]]:
        rows = select(Absence).where(Absence.last_on >= self._since).order_by(Absence.id)
        return _by(
            db.session.scalars(rows.options(joinedload(Absence.substitute))), lambda row: row.person_id
        )

    @cached_property
    def _accounts(self) -> dict[tuple[str, int | None], list[User]]:
        roles = RoleName.HEAD_OF_UNIT, RoleName.QUALITY_MANAGER
        there = User.role.in_(roles) & User.unit_id.in_(self._ids)
        rows = select(User).where(User.active, there | (User.role == RoleName.ADMINISTRATOR))
        return _by(db.session.scalars(rows.order_by(User.id)), lambda row: (row.role, row.unit_id))


def _by(rows: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
