"""The cards of the page: the control chart and the moving average."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.charts import control_chart, moving_chart
from analysis.charts import trend as draw
from analysis.types import Reason
from analysis.wording import chart_text, control
from analysis.wording.languages import phrase
from survey.figures import Subject, distribution
from survey.results.cards.card import Card
from survey.results.cards.control.method import method
from survey.results.cards.control.series import Watched, watched
from survey.results.cards.control.table import moving_table, points_table
from survey.results.view import View


def control_cards(view: View) -> Iterator[Card]:
    subject = view.main
    found = watched(view, subject) if subject else None
    if subject is None or found is None or not found.stretches:
        yield Card(
            "trend",
            _("Nothing to draw over time"),
            "",
            [_("This questionnaire has no question with a scale, or nobody answered it on these days.")],
        )
        return
    limits = found.last[1].reason is None
    text = chart_text(view.locale)
    periods = [part for part, _chart in found.stretches]
    title = _("Too few points to tell a change from the usual up and down")
    yield Card(
        code="trend",
        title=control.control_title(found.last[1], found.labels, view.locale) if limits else title,
        asked=view.wording(subject),
        sentences=control.control_sentences(found.last[1], found.labels, found.grain.value, view.locale),
        n=_n(view, subject),
        figure=control_chart(found.stretches, text) if limits else draw(periods, text),
        table=points_table(view, found),
        wide=True,
        note=_note(view, found),
        method=method(view, found) if limits else (),
    )
    if limits:
        yield _moving(view, found)


def _moving(view: View, found: Watched) -> Card:
    return Card(
        code="moving",
        title=phrase(view.locale, "control_moving_title"),
        asked="",
        sentences=control.moving_sentences(found.last[1], found.labels, view.locale),
        figure=moving_chart(found.stretches, chart_text(view.locale)),
        table=moving_table(found),
        wide=True,
    )


def _n(view: View, subject: Subject) -> int | None:
    return (distribution(subject.track, view.total(subject)).n or None) if view.told(subject) else None


def _note(view: View, found: Watched) -> str:
    notes = []
    if view.grain not in (None, found.grain):
        notes.append(_("There are too many periods for one picture: longer ones are shown."))
    if len(found.stretches) > 1:
        notes.append(_("The wording or the scale was changed: each part has limits of its own."))
    if any(period.estimate.reason is Reason.SUPPRESSED for period in found.last[0]):
        notes.append(_("Periods of too few answers are gaps: neighbours are the points that are shown."))
    if found.baseline and not found.used:
        notes.append(_("The frozen baseline has too few points in this picture, so it is not used here."))
    return " ".join(notes)
