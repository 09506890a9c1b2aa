"""`flask tallies verify|rebuild`: counting again from the responses, a month at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from survey.extensions import db
from survey.models import Comment, Grain, KeptCount, Response, Tally
from survey.processing import tallies
from survey.processing.counted import counted, labels_where
from survey.processing.cuts import Cell, cells, period_start
from survey.processing.kept import kept


@dataclass(frozen=True, slots=True)
class Difference:
    cell: Cell
    stored: int
    counted: int


def rebuild() -> int:
    """Throws the tallies away and counts every processed response again, beside what retention has kept of
    removed ones. The caller commits."""
    db.session.execute(delete(Tally))
    total = 0
    for first, last in _months():
        added = kept(first, last)
        for found in _recounted(first, last):
            added.update(found)
            total += 1
        tallies.add(added)
    return total


def verify() -> Iterator[Difference]:
    """Every stored cell that differs from a recount, and every recounted cell that is not stored."""
    weeks: Counter[Cell] = Counter()  # weeks cross months: compared when the month after has been read
    end: date | None = None
    for first, last in _months():
        months = kept(first, last)
        for found in _recounted(first, last):
            months.update(found)
        weeks.update({cell: n for cell, n in months.items() if cell.grain == Grain.WEEK})
        months = Counter({cell: n for cell, n in months.items() if cell.grain != Grain.WEEK})
        yield from _differences(months, first, last, week=False)
        done = {cell: n for cell, n in weeks.items() if cell.period_on + timedelta(days=6) <= last}
        yield from _differences(
            Counter(done), _monday_of_first_whole(first), last - timedelta(days=6), week=True
        )
        weeks = Counter({cell: n for cell, n in weeks.items() if cell not in done})
        end = last
    if end is not None:
        yield from _differences(weeks, end - timedelta(days=5), end, week=True)


def _monday_of_first_whole(first: date) -> date:
    """The Monday of the first week that ends on or after `first`."""
    return period_start(first, Grain.WEEK)


def _months() -> Iterator[tuple[date, date]]:
    """First and last day of each month from the earliest to the latest response or tally."""
    responses = db.session.execute(
        select(func.min(Response.submitted_on), func.max(Response.submitted_on))
    ).one()
    stored = db.session.execute(select(func.min(Tally.period_on), func.max(Tally.period_on))).one()
    removed = db.session.execute(select(func.min(KeptCount.counted_on), func.max(KeptCount.counted_on))).one()
    days = [day for day in (*responses, *stored, *removed) if day is not None]
    if not days:
        return
    first = min(days).replace(day=1)
    while first <= max(days):
        following = (first + timedelta(days=32)).replace(day=1)
        yield first, following - timedelta(days=1)
        first = following


def _recounted(first: date, last: date) -> Iterator[list[Cell]]:
    """The cells of each processed response of these days."""
    span = Response.submitted_on.between(first, last) & Response.processed_at.is_not(None)
    rows = db.session.execute(select(Response.__table__).where(span).execution_options(yield_per=2000))
    for one in counted(rows, labels_where(Comment.submitted_on.between(first, last))):
        yield list(cells(one.place, one.counts))


def _differences(counted: Counter[Cell], first: date, last: date, *, week: bool) -> Iterator[Difference]:
    grain = Tally.grain == Grain.WEEK if week else Tally.grain != Grain.WEEK
    stored = {
        Cell(*row[:8]): row[8]
        for row in db.session.execute(
            select(*Tally.__table__.columns).where(grain, Tally.period_on.between(first, last))
        )
    }
    for cell in sorted(stored.keys() | counted.keys()):
        if stored.get(cell, 0) != counted.get(cell, 0):
            yield Difference(cell, stored.get(cell, 0), counted.get(cell, 0))
