"""`flask tallies verify|rebuild`: counting again from the responses, a month at a time, and from the invitations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from survey.extensions import db
from survey.models import Comment, Grain, KeptCount, Response, Tally
from survey.processing import invitation_recount, tallies
from survey.processing.counted import counted, labels_where
from survey.processing.cuts import Cell, Place, keys, period_start
from survey.processing.invitation_tallies import Cell as InvitationCell
from survey.processing.invitation_tallies import Count
from survey.processing.kept import kept

Recount = dict[tuple[Any, ...], int]  # a cell's key -> count; as plain tuples, for there are millions
GRAIN, PERIOD = Cell._fields.index("grain"), Cell._fields.index("period_on")


@dataclass(frozen=True, slots=True)
class Difference:
    cell: Cell | InvitationCell
    stored: int | Count
    counted: int | Count


def rebuild() -> int:
    """Throws the tallies away and counts every processed response again, beside what retention has kept of
    removed ones, and every invitation. The caller commits."""
    db.session.execute(delete(Tally))
    total = 0
    for first, last in _months():
        found, responses = _recounted(first, last)
        tallies.add({Cell(*key): n for key, n in found.items()})
        total += responses
    invitation_recount.rebuild()
    return total


def verify() -> Iterator[Difference]:
    """Every stored cell that differs from a recount, and every recounted cell that is not stored."""
    weeks: Recount = {}  # weeks cross months: compared when the month after has been read
    end: date | None = None
    for first, last in _months():
        months: Recount = {}
        for key, n in _recounted(first, last)[0].items():
            into = weeks if key[GRAIN] == Grain.WEEK else months
            into[key] = into.get(key, 0) + n
        yield from _differences(months, first, last, week=False)
        whole = last - timedelta(days=6)
        done = {key: n for key, n in weeks.items() if key[PERIOD] <= whole}
        weeks = {key: n for key, n in weeks.items() if key[PERIOD] > whole}
        yield from _differences(done, _monday_of_first_whole(first), whole, week=True)
        end = last
    if end is not None:
        yield from _differences(weeks, end - timedelta(days=5), end, week=True)
    yield from (Difference(*found) for found in invitation_recount.differences())


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


def _recounted(first: date, last: date) -> tuple[Recount, int]:
    """The cells of all processed responses of these days and of what is kept; how many responses those are."""
    places: dict[Place, Counter[tuple[int, str]]] = defaultdict(Counter)
    for place, series, value, n in kept(first, last):
        places[place][series, value] += n
    span = Response.submitted_on.between(first, last) & Response.processed_at.is_not(None)
    rows = db.session.execute(select(Response.__table__).where(span).execution_options(yield_per=2000))
    responses = 0
    for one in counted(rows, labels_where(Comment.submitted_on.between(first, last))):
        places[one.place].update(one.counts)
        responses += 1
    return _spread(places), responses


def _spread(places: Mapping[Place, Mapping[tuple[int, str], int]]) -> Recount:
    """The counts of each place in every cut."""
    found: Recount = {}
    for place, counts in places.items():
        for cut in keys(place):
            for (series, value), n in counts.items():
                key = (series, *cut, value)
                found[key] = found.get(key, 0) + n
    return found


def _differences(recount: Recount, first: date, last: date, *, week: bool) -> Iterator[Difference]:
    """Takes out of the recount what is stored."""
    grain = Tally.grain == Grain.WEEK if week else Tally.grain != Grain.WEEK
    rows = db.session.execute(
        select(*Tally.__table__.columns)
        .where(grain, Tally.period_on.between(first, last))
        .execution_options(yield_per=10_000)
    )
    wrong: dict[tuple[Any, ...], tuple[int, int]] = {}
    for *columns, stored in rows:
        key = tuple(columns)
        n = recount.pop(key, 0)
        if n != stored:
            wrong[key] = (stored, n)
    wrong |= {key: (0, n) for key, n in recount.items()}
    yield from (Difference(Cell(*key), *wrong[key]) for key in sorted(wrong))
