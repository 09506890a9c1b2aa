"""Whether complaints of the chosen topic change, or go up and down as usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_skeleton
from flask_babel import gettext as _

from analysis.charts import control_chart
from analysis.charts import trend as draw
from analysis.statistics.control_charts import ControlChart, share_charts, usual_baseline
from analysis.types import Group, Reason
from analysis.wording import chart_text, control
from analysis.wording.languages import phrase
from survey.figures import topic_trend
from survey.models import Grain
from survey.results.cards.card import Card
from survey.results.cards.control.method import method
from survey.results.cards.control.series import WITH_YEAR, Watched
from survey.results.cards.control.table import points_table
from survey.results.labels import period_label
from survey.results.topic_study import TopicStudy
from survey.results.view import View


def over_time(study: TopicStudy) -> Iterator[Card]:
    view, locale = study.view, study.view.locale
    periods, grain = topic_trend(
        view.person,
        view.filters,
        view.said,
        study.chosen,
        lambda day, of: _label(view, day, of),
        told=view.comments_told,
        least=view.min_n,
        grain=view.grain,
    )
    if not periods:
        return
    chart = chart_of(periods)
    found = Watched([(periods, chart)], grain)
    text, limits = chart_text(locale), chart.reason is None
    yield Card(
        code="topic-trend",
        title=phrase(locale, "topics_over_time", label=study.names[study.chosen]),
        asked=control.control_title(chart, found.labels, locale) if limits else "",
        sentences=control.control_sentences(chart, found.labels, grain.value, locale),
        n=study.now.n if study.now else None,
        figure=control_chart(found.stretches, text) if limits else draw([periods], text),
        table=points_table(view, found),
        wide=True,
        note=_note(view, grain, periods),
        method=method(view, found) if limits else (),
    )


def chart_of(periods: Sequence[Group]) -> ControlChart:
    values = [period.estimate.value for period in periods]
    n = [0 if period.estimate.value is None else period.estimate.n for period in periods]
    x = [round((value or 0.0) * size / 100) for value, size in zip(values, n, strict=True)]
    return share_charts(x, n, usual_baseline(values))[0]


def _label(view: View, day: date, grain: Grain) -> str:
    if grain == Grain.MONTH:
        return period_label(day, grain, view.locale)
    skeleton = "yMMMd" if view.filters.days > WITH_YEAR else "MMMd"
    return str(format_skeleton(skeleton, day, locale=view.locale))


def _note(view: View, grain: Grain, periods: Sequence[Group]) -> str:
    notes = []
    if view.grain not in (None, grain):
        notes.append(_("There are too many periods for one picture: longer ones are shown."))
    if any(period.estimate.reason is Reason.SUPPRESSED for period in periods):
        notes.append(_("Periods of too few comments are gaps: neighbours are the points that are shown."))
    return " ".join(notes)
