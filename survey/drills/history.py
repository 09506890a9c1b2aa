"""All drills together: how long it takes until somebody answers, and how often within the limit; by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from analysis.charts.times import TimeRow, time_dots
from analysis.statistics.proportion import wilson
from analysis.statistics.waiting_times import Quantile, Wait, quantile
from analysis.types import Estimate, Reason, Unit
from analysis.wording.cases import duration, time_sentences
from analysis.wording.numbers import ABSENT
from survey.cases.notices import SEVERITIES
from survey.drills.course import within
from survey.models import Case, Drill
from survey.results.cards import Card
from survey.results.tables import Cell, Table, figures, whole, words

LATE = 0.9

LEAST = 1  # drills are not what customers said: nothing is hidden, and every figure has its interval and n


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    drills: Sequence[Drill]


@dataclass(frozen=True, slots=True)
class _Times:
    label: str
    median: Quantile
    late: Quantile
    within: Estimate


def card(every: Part, parts: Sequence[Part], now: datetime, locale: str) -> Card:
    """`parts` are compared with each other."""
    first, *others = (_times(part, now) for part in (every, *parts))
    shown = [first, *others]
    rows = [_row(one, locale) for one in shown]
    return Card(
        code="times",
        title=_("Time until somebody acknowledged"),
        asked="",
        sentences=time_sentences(first.median, first.late, first.within, LEAST, locale),
        n=first.median.n,
        figure=time_dots(rows, _("Hours"), _("Days")) if first.median.value is not None else None,
        table=_table(shown, locale),
        wide=True,
        note=_note() if first.median.value is not None else "",
        method=list(_how()),
    )


def _note() -> str:
    return _(
        "The dot is the median with its interval; the stroke is the time within which nine of ten are done."
    )


def _times(part: Part, now: datetime) -> _Times:
    cases = [drill.case for drill in part.drills if drill.case is not None]
    waits = [_wait(case, now) for case in cases]
    known = [one for case in cases if (one := within(case, now)) is not None]
    return _Times(part.label, quantile(waits, 0.5), quantile(waits, LATE), _share(sum(known), len(known)))


def _wait(case: Case, now: datetime) -> Wait:
    """In hours. What nobody answered has lasted until it was stopped, or until now."""
    until = case.acknowledged_at or case.closed_at or now
    return Wait(max(0.0, (until - case.opened_at).total_seconds() / 3600), case.acknowledged_at is not None)


def _share(x: int, n: int) -> Estimate:
    ends = wilson(x, n)
    if ends is None:
        return Estimate(None, None, None, 0, Unit.PERCENT, "case_share", Reason.NO_ANSWERS)
    low, high = (100 * end for end in ends)
    return Estimate(100 * x / n, low, high, n, Unit.PERCENT, "case_share", bounds=(0.0, 100.0))


def _row(one: _Times, locale: str) -> TimeRow:
    median = one.median
    if median.value is None:
        return TimeRow(one.label, None, None, None, None, [_("not known yet")])
    said = [duration(median.value, locale), f"n = {median.n:,}"]
    return TimeRow(one.label, median.value, median.low, median.high, one.late.value, said)


def _table(every: Sequence[_Times], locale: str) -> Table:
    heads = [_("Unit"), _("Median"), _("Interval from"), _("to"), _("Nine of ten within"), _("Drills"), _("Nobody answered"),
             _("Within the limit"), _("Interval from"), _("to"), _("Of so many")]  # fmt: skip
    return Table(heads, [_cells(one, locale) for one in every])


def _cells(one: _Times, locale: str) -> list[Cell]:
    median = one.median
    times = [_hours(value, locale) for value in (median.value, median.low, median.high, one.late.value)]
    return [
        words(one.label),
        *times,
        whole(median.n),
        whole(median.n - median.over),
        *figures(one.within, locale),
    ]


def _hours(value: float | None, locale: str) -> Cell:
    return Cell(ABSENT, None) if value is None else Cell(duration(value, locale), round(value, 4))


def _how() -> Iterator[tuple[str, str]]:
    yield _("Time"), _("From the beginning of the drill, nights and weekends included; in files, hours.")
    yield (
        _("Drills that nobody answered"),
        _("Count with the time they have lasted (Kaplan–Meier); they are not left out."),
    )
    yield _("Interval"), _("By order statistics (exact); with open cases by Brookmeyer and Crowley.")
    yield (
        _("Within the limit"),
        _("Drills that were stopped before the limit are not counted; Wilson's interval."),
    )


def listed(drills: Sequence[Drill], now: datetime, names: dict[int, str]) -> Table:
    """Every drill in a line, for a file."""
    heads = [_("Unit"), _("Severity"), _("Begun"), _("Time limit"), _("Acknowledged"), _("Minutes"), _("Within the limit"),
             _("Escalations"), _("Monthly")]  # fmt: skip
    return Table(heads, [_line(drill, drill.case, now, names) for drill in drills if drill.case is not None])


def _line(drill: Drill, case: Case, now: datetime, names: dict[int, str]) -> list[Cell]:
    kept = within(case, now)
    took = case.acknowledged_at and round((case.acknowledged_at - case.opened_at).total_seconds() / 60, 1)
    at = [case.opened_at, case.due_acknowledge_at, case.acknowledged_at]
    return [
        words(names.get(drill.unit_id, drill.unit.code)),
        words(str(SEVERITIES[drill.severity])),
        *(words(one.isoformat(timespec="seconds") if one else "") for one in at),
        Cell(str(took or ""), took),
        words({True: _("yes"), False: _("no"), None: ""}[kept]),
        whole(case.escalations),
        words(_("yes") if drill.month else _("no")),
    ]
