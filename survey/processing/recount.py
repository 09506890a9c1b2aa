"""`flask tallies verify|rebuild`: counting again from the responses, a month at a time, and from the invitations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text

from survey.extensions import db
from survey.models import Grain, JointTally, KeptCount, Response, Tally
from survey.processing import invitation_recount, joint_recount, joint_tallies, tallies
from survey.processing.counted import Counted, counted, said_where
from survey.processing.cuts import Cell, Place, keys, period_start
from survey.processing.invitation_tallies import Cell as InvitationCell
from survey.processing.invitation_tallies import Count
from survey.processing.joint_cells import Gathered, JointCell
from survey.processing.kept import kept

Recount = dict[tuple[Any, ...], int]  # a cell's key -> count; as plain tuples, for there are millions
GRAIN, PERIOD = Cell._fields.index("grain"), Cell._fields.index("period_on")


@dataclass(frozen=True, slots=True)
class Difference:
    cell: Cell | InvitationCell | JointCell
    stored: int | Count
    counted: int | Count


def rebuild() -> int:
    """Throws the tallies away and counts every processed response again, beside what retention has kept of
    removed ones, and every invitation. The caller commits."""
    _alone()
    db.session.execute(delete(Tally))
    joint_recount.clear()
    total = 0
    for first, last in _months():
        found, gathered, responses = _recounted(first, last)
        tallies.add({Cell(*key): n for key, n in found.items()})
        joint_recount.fill(first, gathered.cells)
        total += responses
    invitation_recount.rebuild()
    return total


def count_what_is_new() -> int:
    """After an update: what a migration has left to be counted, once. How many responses; the caller commits."""
    return _count_jointly() if joint_tallies.pending() else 0


def _count_jointly() -> int:
    joint_recount.clear()
    total = 0
    for first, last in _months():
        gathered, responses = Gathered(), 0
        for one in _counted(first, last):
            gathered.take_in(one)
            responses += 1
        joint_recount.fill(first, gathered.cells)
        total += responses
    return total


def _alone() -> None:
    """No worker adds to the tallies until the transaction ends; SQLite writes one at a time anyway."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE tally, joint_tally IN SHARE ROW EXCLUSIVE MODE"))


def verify() -> Iterator[Difference]:
    """Every stored cell that differs from a recount, and every recounted cell that is not stored."""
    weeks: Recount = {}  # weeks cross months: compared when the month after has been read
    end: date | None = None
    for first, last in _months():
        months: Recount = {}
        counted_cells, gathered, _responses = _recounted(first, last)
        for key, n in counted_cells.items():
            into = weeks if key[GRAIN] == Grain.WEEK else months
            into[key] = into.get(key, 0) + n
        yield from _differences(months, first, last, week=False)
        yield from (Difference(*found) for found in joint_recount.differences(first, gathered.cells))
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
    joint = db.session.execute(select(func.min(JointTally.month_on), func.max(JointTally.month_on))).one()
    removed = db.session.execute(select(func.min(KeptCount.counted_on), func.max(KeptCount.counted_on))).one()
    days = [day for day in (*responses, *stored, *joint, *removed) if day is not None]
    if not days:
        return
    first = min(days).replace(day=1)
    while first <= max(days):
        following = (first + timedelta(days=32)).replace(day=1)
        yield first, following - timedelta(days=1)
        first = following


def _recounted(first: date, last: date) -> tuple[Recount, Gathered, int]:
    """The cells of all processed responses of these days and of what is kept; their answers; how many those are."""
    places: dict[Place, Counter[tuple[int, str]]] = defaultdict(Counter)
    for place, series, value, n in kept(first, last):
        places[place][series, value] += n
    gathered, responses = Gathered(), 0
    for one in _counted(first, last):
        places[one.place].update(one.counts)
        gathered.take_in(one)
        responses += 1
    return _spread(places), gathered, responses


def _counted(first: date, last: date) -> Iterator[Counted]:
    span = Response.submitted_on.between(first, last) & Response.processed_at.is_not(None)
    rows = db.session.execute(select(Response.__table__).where(span).execution_options(yield_per=2000))
    return counted(rows, said_where(lambda table: table.submitted_on.between(first, last)))


def _spread(places: Mapping[Place, Mapping[tuple[int, str], int]]) -> Recount:
    """The counts of each place in every cut; weeks and months from their sums, which are far fewer than days."""
    found: Recount = {}
    for grain in Grain:
        for place, counts in _by_period(places, grain).items():
            for cut in keys(place):
                if cut[0] == grain:
                    for (series, value), n in counts.items():
                        key = (series, *cut, value)
                        found[key] = found.get(key, 0) + n
    return found


def _by_period(
    places: Mapping[Place, Mapping[tuple[int, str], int]], grain: Grain
) -> Mapping[Place, Mapping[tuple[int, str], int]]:
    """The first day of each period stands for it."""
    if grain == Grain.DAY:
        return places
    found: dict[Place, Counter[tuple[int, str]]] = defaultdict(Counter)
    for place, counts in places.items():
        found[place._replace(day=period_start(place.day, grain))].update(counts)
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
