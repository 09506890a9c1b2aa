"""The main question over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask_babel import gettext as _

from analysis.charts import trend as draw
from analysis.wording import chart_text, trend_sentence
from survey.figures import distribution, earlier, trend
from survey.models import Grain
from survey.results.cards.aimed import aimed_periods
from survey.results.cards.card import Card
from survey.results.labels import period_label
from survey.results.tables import groups_table
from survey.results.view import View


def over_time(view: View) -> Iterator[Card]:
    subject = view.main
    if subject is None:
        return
    segments, grain = trend(
        view.person,
        view.filters,
        subject,
        earlier(view.questionnaire, subject.code),
        view.metric,
        lambda day, of: period_label(day, of, view.locale),
        published=view.published,
        grain=view.grain,
    )
    if not segments:
        return
    periods = list(chain.from_iterable(segments))
    heads = {Grain.DAY: _("Day"), Grain.WEEK: _("Week from"), Grain.MONTH: _("Month")}
    yield Card(
        code="trend",
        title=_("Over time"),
        asked=view.wording(subject),
        sentences=[trend_sentence(segments[-1], view.locale)],
        n=(distribution(subject.track, view.total(subject)).n or None) if view.told(subject) else None,
        figure=aimed_periods(view, draw(segments, chart_text(view.locale)), periods),
        table=groups_table(heads[grain], periods, view.locale, keyed=True),
        wide=True,
        note=_note(view.grain not in (None, grain), len(segments) > 1),
    )


def _note(widened: bool, broken: bool) -> str:
    notes = []
    if widened:
        notes.append(_("There are too many periods for one picture: longer ones are shown."))
    if broken:
        notes.append(_("The wording or the scale was changed: before and after are not compared."))
    return " ".join(notes)
