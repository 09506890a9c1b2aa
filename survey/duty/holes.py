"""The roster of the days to come, and where it has holes: shown before one hurts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from survey.duty import turns
from survey.duty.plan import Found, Hole, Plan
from survey.duty.queries import people, rostered
from survey.models import Tier, Unit

DAYS = 14


class State(StrEnum):
    COVERED = "covered"
    ALONE = "alone"  # one person, nobody to hand over to
    HOLE = "hole"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time within a day during which the same people are there."""

    start: datetime
    end: datetime
    working: bool
    found: tuple[Found, ...]
    state: State

    @property
    def needed(self) -> Tier:
        """Whoever is missed first."""
        return Tier.RECIPIENT if self.working else Tier.OFFICER

    @property
    def why(self) -> Hole | None:
        return next((one.hole for one in self.found if one.tier is self.needed), None)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    stretches: tuple[Stretch, ...]
    state: State = field(init=False)

    def __post_init__(self) -> None:
        order = (State.HOLE, State.ALONE, State.COVERED)
        worst = min((order.index(one.state) for one in self.stretches), default=2)
        object.__setattr__(self, "state", order[worst])

    @property
    def holes(self) -> list[Stretch]:
        """One after the other as one."""
        found: list[Stretch] = []
        for one in self.stretches:
            if one.state is not State.HOLE:
                continue
            last = found[-1] if found else None
            if last and (last.end, last.working, last.why) == (one.start, one.working, one.why):
                found[-1] = Stretch(last.start, one.end, one.working, one.found, one.state)
            else:
                found.append(one)
        return found


def days_of(plan: Plan, unit_id: int, first: date, count: int = DAYS) -> list[Day]:
    return [_day(plan, unit_id, first + timedelta(days=number)) for number in range(count)]


def _day(plan: Plan, unit_id: int, day: date) -> Day:
    return Day(day, tuple(_stretches(plan, unit_id, day)))


def _stretches(plan: Plan, unit_id: int, day: date) -> Iterator[Stretch]:
    ends = _ends(plan, unit_id, day)
    calendar = plan.calendar(unit_id)
    for start, end in zip(ends, ends[1:], strict=False):
        found = tuple(rostered(plan, unit_id, start))
        working = calendar.is_working(start)
        yield Stretch(start, end, working, found, _state(found, working))


def _state(found: Sequence[Found], working: bool) -> State:
    """In working hours the recipient must be there and somebody behind; at other times somebody."""
    there = len(people(found))
    missed = working and found[0].person is None
    if missed or not there:
        return State.HOLE
    return State.ALONE if working and there == 1 else State.COVERED


def _ends(plan: Plan, unit_id: int, day: date) -> list[datetime]:
    """Where anything may change on this local day, both ends of the day included."""
    first, last = turns.whole(day, plan.calendar(unit_id))
    found = {first, last}
    for number in plan.path(unit_id):
        calendar = plan.calendar(number)
        days = [calendar.day(first) + timedelta(days=shift) for shift in (-1, 0, 1)]
        known = [turn for tier in Tier for turn in plan.turns(number, tier)]
        held = [plan.held(turn, one) for turn in known for one in days]
        held += [calendar.intervals(one) for one in days]
        held += [[turns.whole(one, calendar)] for one in days]  # an absence begins and ends with a day
        found |= {at for intervals in held for interval in intervals for at in interval if first < at < last}
    return sorted(found)


def by_unit(
    plan: Plan, units: Iterable[Unit], first: date, count: int = DAYS
) -> Iterator[tuple[Unit, list[Day]]]:
    """The days of each unit; those of units that say nothing themselves are reckoned once."""
    known: dict[int, list[Day]] = {}
    for unit in units:
        decided = plan.decided_by(unit.id)
        if decided not in known:
            known[decided] = days_of(plan, unit.id, first, count)
        yield unit, known[decided]


@dataclass(frozen=True, slots=True)
class Gap:
    """The next hole of a unit, and how many of the days to come have one."""

    unit: Unit
    first: Stretch
    days: int


def gaps(plan: Plan, units: Iterable[Unit], first: date, now: datetime, count: int = DAYS) -> Iterator[Gap]:
    """Of each unit that has holes from now on; those below that only inherit them are not named beside it."""
    told = set[int]()
    for unit, known in by_unit(plan, units, first, count):
        if plan.decided_by(unit.id) in told:
            continue
        told.add(plan.decided_by(unit.id))
        days = [[hole for hole in day.holes if hole.end > now] for day in known]
        found = [holes for holes in days if holes]
        if found:
            yield Gap(unit, found[0][0], len(found))
