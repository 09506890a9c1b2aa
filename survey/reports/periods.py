"""The months that a report is about."""

from __future__ import annotations

from datetime import date

from survey.figures import period_end
from survey.models import Grain

MONTHS = {"month": 1, "quarter": 3, "year": 12}  # "span" is from one month to another
MOST_MONTHS = 60


def month_of(text: str) -> date:
    """The first day of a month such as 2026-03. Raises ValueError."""
    found = date.fromisoformat(f"{text.strip()}-01")
    if not 2000 <= found.year <= 2099:
        raise ValueError(text)
    return found


def months_between(first: date, last: date) -> int:
    """Both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def days_of(kind: str, month: date, until: date | None = None) -> tuple[date, date]:
    """First and last day of the month, of its quarter or of its year; of a span until the end of `until`."""
    length = MONTHS.get(kind)
    if length is None:
        return month, period_end(until or month, Grain.MONTH)
    begin = month.replace(month=month.month - (month.month - 1) % length)
    return begin, period_end(begin.replace(month=begin.month + length - 1), Grain.MONTH)


def last_whole_month(today: date) -> date:
    return (
        today.replace(year=today.year - 1, month=12, day=1)
        if today.month == 1
        else today.replace(month=today.month - 1, day=1)
    )
