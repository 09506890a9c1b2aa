"""The control chart as a table: each period with its figure, its limits and what is unusual about it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.statistics.control_charts import ControlChart
from analysis.types import Group, Reason, Unit
from analysis.wording import control
from analysis.wording.numbers import ABSENT, in_unit, number
from survey.models import Grain
from survey.results.cards.control.series import Watched
from survey.results.tables import Cell, Table, figures, words
from survey.results.view import View


def head(grain: Grain) -> str:
    heads = {Grain.DAY: _("Day"), Grain.WEEK: _("Week from"), Grain.MONTH: _("Month")}
    return heads[grain]


def points_table(view: View, found: Watched) -> Table:
    headers = [
        head(found.grain),
        _("Figure"),
        _("n"),
        _("Centre line"),
        _("Lower limit"),
        _("Upper limit"),
        _("What stands out"),
    ]
    rows = [
        _point(view, chart, periods, place)
        for periods, chart in found.stretches
        for place in range(len(periods))
    ]
    return Table(headers, rows)


def _point(view: View, chart: ControlChart, periods: Sequence[Group], place: int) -> list[Cell]:
    period = periods[place]
    value, _low, _high, n = figures(period.estimate, view.locale)
    shown = period.estimate.value is not None
    center = chart.center if shown and chart.upper else None
    lower, upper = (ends[place] if ends else None for ends in (chart.lower, chart.upper))
    said = control.point_text(chart, place, view.locale) if shown else ""
    return [
        Cell(period.label, period.key),
        value,
        n,
        *(_level(end, period) for end in (center, lower, upper)),
        words(said),
    ]


def _level(end: float | None, period: Group) -> Cell:
    """A line of the chart in the unit of the figures."""
    if end is None or period.estimate.reason is Reason.SUPPRESSED:
        return Cell(ABSENT, None)
    shown = end * 100 if period.estimate.unit is Unit.PERCENT else end
    return Cell(in_unit(shown, period.estimate.unit), round(shown, 4))


def moving_table(found: Watched) -> Table:
    headers = [head(found.grain), _("Moving average"), _("Lower limit"), _("Upper limit")]
    rows = []
    for periods, chart in found.stretches:
        for place, period in enumerate(periods):
            average = chart.ewma
            ends = (average.z, average.lower, average.upper) if average else ()
            cells = [_plain(end[place]) for end in ends] or [_plain(None)] * 3
            rows.append([Cell(period.label, period.key), *cells])
    return Table(headers, rows)


def _plain(value: float | None) -> Cell:
    return Cell(ABSENT, None) if value is None else Cell(number(value, 2), round(value, 4))
