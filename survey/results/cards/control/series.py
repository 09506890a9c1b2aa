"""The main question over time with its limits: one stretch for each wording, on the days chosen and the baseline's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_skeleton

from analysis.charts.control_chart import Stretch
from analysis.statistics.control_charts import ControlChart
from analysis.types import Group
from survey.figures import Filters, Subject, earlier, trend
from survey.figures.charting import chart_of, window_of
from survey.models import Baseline, Grain
from survey.results import baselines
from survey.results.labels import period_label
from survey.results.view import View

WITH_YEAR = 300  # days from which a day without its year may be two


@dataclass(frozen=True, slots=True)
class Watched:
    """The stretches, oldest first; `used` says whether the frozen baseline is the one drawn."""

    stretches: Sequence[Stretch]
    grain: Grain
    baseline: Baseline | None = None
    used: bool = False

    @property
    def last(self) -> tuple[Sequence[Group], ControlChart]:
        return self.stretches[-1]

    @property
    def labels(self) -> list[str]:
        return [period.label for period in self.last[0]]


def watched(view: View, subject: Subject) -> Watched:
    held = next(iter(baselines.frozen(view, subject)), None)
    filters = _with_baseline(view.filters, held)
    segments, grain = _periods(view, subject, filters, [*earlier(view.questionnaire, subject.code)])
    found: list[Stretch] = []
    used = False
    for place, periods in enumerate(segments):
        newest = place == len(segments) - 1 and bool(view.total(subject))
        window = window_of(periods, held, grain) if held and newest else None
        used = used or window is not None
        found.append((periods, chart_of(periods, window)))
    return Watched(found, grain, held, used)


def points_between(view: View, subject: Subject, first_on: date, last_on: date) -> int:
    """How many periods of these days could be shown: a baseline needs 12."""
    filters = replace(view.filters, first_on=first_on, last_on=last_on)
    segments, _grain = _periods(view, subject, filters, [])
    return sum(period.estimate.value is not None for periods in segments for period in periods)


def _periods(
    view: View, subject: Subject, filters: Filters, older: Sequence[Subject]
) -> tuple[list[list[Group]], Grain]:
    skeleton = "yMMMd" if filters.days > WITH_YEAR else "MMMd"

    def label(day: date, of: Grain) -> str:
        if of == Grain.MONTH:
            return period_label(day, of, view.locale)
        return str(format_skeleton(skeleton, day, locale=view.locale))

    return trend(
        view.person,
        filters,
        subject,
        older,
        view.metric,
        label,
        published=view.published,
        grain=view.grain,
        usual=Grain.WEEK,
    )


def _with_baseline(filters: Filters, held: Baseline | None) -> Filters:
    if held is None:
        return filters
    first, last = min(filters.first_on, held.first_on), max(filters.last_on, held.last_on)
    return replace(filters, first_on=first, last_on=last)
