"""A week of the roster as a page shows it: for each day and tier who is there from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey.duty.holes import Day, State, Stretch
from survey.duty.plan import Found, Hole
from survey.models import ROSTERED, Tier


@dataclass(frozen=True, slots=True)
class Entry:
    times: tuple[tuple[str, str], ...]  # from, to
    found: Found
    above: bool  # by the roster of a unit above
    missed: bool  # a hole that hurts

    @property
    def said(self) -> str:
        return ", ".join(f"{start}–{end}" for start, end in self.times)

    @property
    def hole(self) -> Hole | None:
        return self.found.hole if self.missed else None


@dataclass(frozen=True, slots=True)
class Row:
    day: Day
    cells: dict[Tier, list[Entry]]


def rows(days: Sequence[Day], unit_id: int, zone: ZoneInfo) -> list[Row]:
    return [Row(day, {tier: _entries(day, tier, unit_id, zone) for tier in ROSTERED}) for day in days]


def _entries(day: Day, tier: Tier, unit_id: int, zone: ZoneInfo) -> list[Entry]:
    """The times of one person together."""
    found: list[Entry] = []
    for stretch in day.stretches:
        entry = _entry(stretch, day.day, tier, unit_id, zone)
        if entry is None:
            continue
        at = next((n for n, one in enumerate(found) if _same(one, entry)), None)
        if at is None:
            found.append(entry)
        else:
            found[at] = replace(found[at], times=_joined(found[at].times, entry.times[0]))
    return found


def _joined(times: tuple[tuple[str, str], ...], more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    if times[-1][1] == more[0]:
        return *times[:-1], (times[-1][0], more[1])
    return *times, more


def _entry(stretch: Stretch, day: date, tier: Tier, unit_id: int, zone: ZoneInfo) -> Entry | None:
    """None where nobody of the tier is there and nobody is missed."""
    found = next((one for one in stretch.found if one.tier is tier), None)
    missed = stretch.state is State.HOLE and stretch.needed is tier
    if found is None or not (found.person or missed):
        return None
    above = bool(found.person) and found.unit_id != unit_id
    times = ((local(stretch.start, day, zone), local(stretch.end, day, zone)),)
    return Entry(times, found, above, missed)


def _same(one: Entry, other: Entry) -> bool:
    return (one.found.person, one.found.hole, one.above) == (
        other.found.person,
        other.found.hole,
        other.above,
    )


def local(at: datetime, day: date, zone: ZoneInfo) -> str:
    """The time of day; the end of this day is 24:00."""
    there = at.astimezone(zone)
    return "24:00" if there.date() > day else f"{there:%H:%M}"
