"""The calendar of a unit out of what it and the units above it say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from survey.duty.working import WEEKLY, WORKDAY, Calendar, Spans
from survey.models import SpecialDay, WorkCalendar


def merged(weeks: Sequence[WorkCalendar], days: Iterable[Sequence[SpecialDay]], timezone: str) -> Calendar:
    """`weeks` and `days` from the top down: what is further down goes before."""
    weekly = WEEKLY
    for row in weeks:
        timezone = row.timezone or timezone
        weekly = spans_of_week(row) or weekly
    found: dict[date, SpecialDay] = {}
    for rows in days:
        found |= {row.day: row for row in rows}
    return Calendar(timezone, weekly, special(found, weekly))


def special(days: Mapping[date, SpecialDay], weekly: tuple[Spans, ...]) -> dict[date, Spans]:
    usual = next((spans for spans in weekly if spans), WORKDAY)
    return {day: _spans(row, usual) for day, row in days.items()}


def _spans(row: SpecialDay, usual: Spans) -> Spans:
    if not row.working:
        return ()
    return spans_of(row.spans) if row.spans is not None else usual


def spans_of(stored: Iterable[Sequence[int]]) -> Spans:
    return tuple((int(start), int(end)) for start, end in stored)


def spans_of_week(row: WorkCalendar) -> tuple[Spans, ...] | None:
    return tuple(spans_of(day) for day in row.weekly) if row.weekly is not None else None
