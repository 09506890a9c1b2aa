"""The rows of a report's tables: item, n, satisfied n, figure with interval, the period before, change, verdict."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.types import Comparison, Group, Reason, Unit
from analysis.wording.numbers import ABSENT, in_unit, number, within
from survey.questions.base import Track
from survey.reports.reading import Figured, Read
from survey.results.tables import Cell, Table, whole, words

_DECIMALS = {Unit.PERCENT: 1, Unit.POINTS: 0, Unit.SCALE: 2, Unit.SCORE: 1}
NOTHING = Cell(ABSENT, None)


def figures_table(read: Read, first: str, rows: Sequence[tuple[Track, Figured]]) -> Table:
    """As Chinese reports print it; satisfied n only where satisfaction is the figure."""
    shares = all(one.now.estimate.metric == "csat" for _track, one in rows)
    headers = [
        first,
        read.say("n"),
        *([read.say("satisfied")] if shares else []),
        read.say("csat" if shares else "score"),
        *(read.say(name) for name in ("low", "high", "before", "change", "verdict")),
    ]
    return Table(headers, [_row(read, track, one, shares) for track, one in rows])


def _row(read: Read, track: Track, one: Figured, shares: bool) -> list[Cell]:
    now = one.now
    counted = [n_of(read, now), *([whole(satisfied(track, now))] if shares else [])]
    return [words(now.label), *counted, *interval(now), value(one.before), *_changed(read, now.change)]


def n_of(read: Read, one: Group) -> Cell:
    if one.estimate.reason is Reason.SUPPRESSED:
        return Cell(read.say("few_cell"), None)
    return whole(one.estimate.n)


def satisfied(track: Track, one: Group) -> int | None:
    """How many gave an answer that counts as satisfied; None where hidden."""
    if one.distribution is None or track.scale is None:
        return None
    return sum(n for answer, n in one.distribution.counts.items() if answer in track.scale.satisfied)


def value(one: Group) -> Cell:
    estimate = one.estimate
    if estimate.value is None:
        return NOTHING
    return Cell(in_unit(estimate.value, estimate.unit), round(estimate.value, 4))


def interval(one: Group) -> list[Cell]:
    """The figure and both ends of its interval."""
    estimate = one.estimate
    ends = [None if end is None else within(end, estimate) for end in (estimate.low, estimate.high)]
    shown = [NOTHING if end is None else Cell(in_unit(end, estimate.unit), round(end, 4)) for end in ends]
    return [value(one), *shown]


def _changed(read: Read, change: Comparison | None) -> list[Cell]:
    if change is None or change.difference is None:
        return [NOTHING, NOTHING]
    step = Cell(number(change.difference, _DECIMALS[change.unit], signed=True), round(change.difference, 4))
    if change.low is None:
        return [step, NOTHING]
    return [step, words(read.say(f"verdict_{change.verdict.value}"))]
