"""The figures of cases as cards: times, shares, causes; by unit or by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from analysis.charts.dots import dots_with_whiskers
from analysis.charts.pareto import pareto_bars, running_shares
from analysis.charts.times import TimeRow, time_dots
from analysis.statistics.proportion import wilson
from analysis.statistics.suppression import suppress, suppress_groups
from analysis.statistics.waiting_times import Quantile, quantile_of
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording import chart_text
from analysis.wording.cases import duration, pareto_sentence, time_sentences
from analysis.wording.numbers import ABSENT, number
from survey.cases.causes import path
from survey.cases.measuring import Measured, Waits, waits
from survey.extensions import db
from survey.locales import say
from survey.models import CaseCause
from survey.results.cards import Card
from survey.results.tables import Cell, Table, figures, groups_table, whole

LATE = 0.9


@dataclass(frozen=True, slots=True)
class Part:
    """A unit or a month, with its cases."""

    key: str
    label: str
    rows: Sequence[Measured]
    places: Sequence[int]  # of these rows among all


@dataclass(frozen=True, slots=True)
class Told:
    """What all cards share. `parts` are compared with each other; `whole` is all of them."""

    whole: Part
    parts: Sequence[Part]
    head: str  # what the parts are
    least: int
    now: datetime
    locale: str


@dataclass(frozen=True, slots=True)
class _Times:
    part: Part
    median: Quantile
    late: Quantile
    within: Estimate


def cards(told: Told) -> Iterator[Card]:
    times = {
        "acknowledge": _("Time until acknowledged"),
        "contact": _("Time until somebody spoke with the customer"),
        "resolve": _("Time until resolved"),
    }
    for limit, title in times.items():
        yield _time_card(told, limit, title)
    yield _causes(told)
    for code, title, counts, of in _SHARES:
        yield _share_card(told, code, str(title()), counts, of)


def _time_card(told: Told, limit: str, title: str) -> Card:
    all_ = waits(told.whole.rows, limit, told.now)
    every = [_times(part, all_) for part in (told.whole, *told.parts)]
    hidden = suppress({one.part.key: one.median.n for one in every[1:]}, told.least)
    few = every[0].median.n < told.least
    every = [_hidden(one) if one.part.key in hidden or few else one for one in every]
    first = every[0]
    shown = [_row(one, told) for one in every]
    return Card(
        code=limit,
        title=title,
        asked="",
        sentences=time_sentences(first.median, first.late, first.within, told.least, told.locale),
        n=None if few else first.median.n,
        figure=time_dots(shown, _("Hours"), _("Days")) if first.median.value is not None else None,
        table=_table(told, every),
        wide=True,
        note=_(
            "The dot is the median with its interval; the stroke is the time within which nine of ten are done."
        ),
        method=list(_how()),
    )


def _times(part: Part, all_: Waits) -> _Times:
    here = list(part.places)
    median, late = (quantile_of(all_.hours[here], all_.ended[here], one) for one in (0.5, LATE))
    kept = all_.kept[here]
    return _Times(part, median, late, share(int((kept == 1).sum()), int((kept >= 0).sum())))


def share(x: int, n: int) -> Estimate:
    ends = wilson(x, n)
    if ends is None:
        return Estimate(None, None, None, 0, Unit.PERCENT, "case_share", Reason.NO_ANSWERS)
    low, high = (100 * end for end in ends)
    return Estimate(100 * x / n, low, high, n, Unit.PERCENT, "case_share", bounds=(0.0, 100.0))


def _hidden(one: _Times) -> _Times:
    nothing = Quantile(None, None, None, one.median.n and 1, 0, Reason.SUPPRESSED)
    none = replace(one.within, value=None, low=None, high=None, n=0, reason=Reason.SUPPRESSED)
    return _Times(one.part, nothing, nothing, none)


def _row(one: _Times, told: Told) -> TimeRow:
    median = one.median
    words = [
        _("too few cases")
        if median.reason is Reason.SUPPRESSED
        else _("not known yet")
        if median.n
        else _("no cases")
    ]
    if median.value is not None:
        words = [duration(median.value, told.locale), f"n = {median.n:,}"]
    return TimeRow(one.part.label, median.value, median.low, median.high, one.late.value, words)


def _table(told: Told, every: Sequence[_Times]) -> Table:
    late = _("Nine of ten within")
    heads = [told.head, _("Median"), _("Interval from"), _("to"), late, _("n"), _("Not done yet"), _("Within the limit"),
             _("Interval from"), _("to"), _("n")]  # fmt: skip
    return Table(heads, [_cells(one, told.locale) for one in every])


def _cells(one: _Times, locale: str) -> list[Cell]:
    median, label = one.median, Cell(one.part.label, one.part.label)
    if median.reason is Reason.SUPPRESSED:
        return [label, Cell(_("too few cases"), None), *[Cell(ABSENT, None)] * 9]
    times = [_hours(value, locale) for value in (median.value, median.low, median.high, one.late.value)]
    return [label, *times, whole(median.n), whole(median.n - median.over), *figures(one.within, locale)]


def _hours(value: float | None, locale: str) -> Cell:
    return Cell(ABSENT, None) if value is None else Cell(duration(value, locale), round(value, 3))


def _how() -> Iterator[tuple[str, str]]:
    yield _("Time"), _("From the opening of the case, nights and weekends included; in files, hours.")
    yield (
        _("What is not done yet"),
        _("Counts with the time it has taken so far (Kaplan–Meier); it is not left out."),
    )
    yield _("Interval"), _("By order statistics (exact); with open cases by Brookmeyer and Crowley.")
    yield (
        _("Within the limit"),
        _("Open cases whose limit has not passed are not counted; Wilson's interval."),
    )
    yield _("Left out"), _("Drills, cases that were merged into another, and those whose appeal was upheld.")


def _share_card(
    told: Told, code: str, title: str, counts: Callable[[Measured], bool], of: Callable[[Measured], bool]
) -> Card:
    groups = [_group(part, counts, of) for part in told.parts]
    overall = _group(told.whole, counts, of)
    groups = suppress_groups(groups, told.least)
    if overall.estimate.n < told.least:
        nothing = replace(overall.estimate, value=None, low=None, high=None, n=0, reason=Reason.SUPPRESSED)
        overall, groups = replace(overall, estimate=nothing), []
    value = overall.estimate
    text = chart_text(told.locale)
    said = (
        _("%(share)s of %(n)s.", share=text.figure(value), n=f"{value.n:,}")
        if value.value is not None
        else _("Too few cases to say anything.")
    )
    return Card(
        code=code,
        title=title,
        asked="",
        sentences=[said],
        n=value.n or None,
        figure=dots_with_whiskers(groups, overall=value, text=text)
        if groups and value.value is not None
        else None,
        table=groups_table(told.head, [overall, *groups], told.locale),
    )


def _group(part: Part, counts: Callable[[Measured], bool], of: Callable[[Measured], bool]) -> Group:
    base = [row for row in part.rows if of(row)]
    return Group(part.key, part.label, share(sum(counts(row) for row in base), len(base)))


_SHARES: tuple[tuple[str, Callable[[], str], Callable[[Measured], bool], Callable[[Measured], bool]], ...] = (
    ("escalated", lambda: _("Escalated"), lambda row: row.escalations > 0, lambda row: True),
    ("reopened", lambda: _("Reopened after they were resolved"), lambda row: row.reopenings > 0,
     lambda row: row.resolved_at is not None or row.reopenings > 0),
    ("contact-data", lambda: _("Contact data missing or wrong"), lambda row: row.contact_problem is not None,
     lambda row: row.contacted_at is not None or row.contact_problem is not None),
    ("satisfied", lambda: _("Customers satisfied with the resolution (4 or 5 of 5)"), lambda row: row.satisfaction >= 4,
     lambda row: row.satisfaction is not None),
)  # fmt: skip


def _causes(told: Told) -> Card:
    """Counts are shown from the minimum on, as those of any figure; rarer causes stand together."""
    counted = Counter(row.cause_id for row in told.whole.rows if row.cause_id is not None)
    whole_ = sum(counted.values())
    title = _("Causes")
    if whole_ < told.least:
        return Card("causes", title, "", [_("Too few resolved cases to say anything.")])
    ranked = [(_cause_name(id_, told.locale), n) for id_, n in counted.most_common()]
    names, counts = [name for name, _n in ranked], [n for _name, n in ranked]
    told_rows = [f"{n:,} · {number(100 * n / whole_, 1)}%" for n in counts]
    return Card(
        code="causes",
        title=title,
        asked=_("Of the cases that are resolved"),
        sentences=[pareto_sentence(names, counts, told.locale)],
        n=whole_,
        figure=pareto_bars(names, counts, told_rows, _("Cases"), _("Running share")),
        table=_cause_table(names, counts, whole_),
        wide=True,
    )


def _cause_name(id_: int, locale: str) -> str:
    return " › ".join(say(one.names, locale) for one in path(db.session.get_one(CaseCause, id_)))


def _cause_table(names: Sequence[str], counts: Sequence[int], whole_: int) -> Table:
    rows = []
    for name, count, running in zip(names, counts, running_shares(counts), strict=True):
        both = [100 * count / whole_, running]
        rows.append(
            [Cell(name, name), whole(count), *(Cell(f"{number(one, 1)}%", round(one, 4)) for one in both)]
        )
    return Table([_("Cause"), _("Cases"), _("Share"), _("Running share")], rows)
