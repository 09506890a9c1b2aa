"""The summary of what was said about one's own unit."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import format_date
from flask_security import current_user
from wtforms.fields.choices import SelectChoice

from analysis.wording import (
    change_sentence,
    estimate_sentence,
    figure,
    interval,
    metric_name,
    question_sentences,
)
from analysis.wording.languages import phrase
from survey import audit, clock
from survey.access import Act, required, visible_unit
from survey.config import Settings
from survey.feedback import queries
from survey.feedback.forms import SummaryForm
from survey.feedback.periods import PERIODS, USUAL, days
from survey.figures import Filters, Places, current, issued, most_answered, places
from survey.models import Questionnaire, RoleName, Unit, Version
from survey.questions.definition import definition_of
from survey.translation import locale

blueprint = Blueprint("feedback", __name__, url_prefix="/my-feedback")


@blueprint.get("")
@required(Act.READ_FEEDBACK)
def summary() -> str:
    settings: Settings = current_app.extensions["settings"]
    seen = places(current_user)
    unit = _unit(seen)
    form = _form()
    first, last = days(form.period.data, clock.today(settings.timezone))
    offered = issued()
    if unit is None or not offered:
        return render_template("feedback/nothing.html", unit=unit)
    most = most_answered(current_user, first, unit.path)
    questionnaire = _questionnaire(offered, form.questionnaire.data, most)
    version = _published(questionnaire)
    code = questionnaire.code
    audit.saw(audit.Deed.SAW, audit.Thing("comments", code, code, unit.id), {"from": first, "to": last})
    filters = Filters(questionnaire.id, first, last, unit_path=unit.path)
    _fill(form, seen, unit, offered, questionnaire)
    told = queries.summary(current_user, filters, version, seen, locale(), settings.min_n)
    return render_template(
        "feedback/summary.html",
        form=form,
        unit=unit,
        title=_title(questionnaire),
        span=_span(told.filters),
        widened=told.filters != filters,
        told=told,
        min_n=settings.min_n,
        **_words(settings.min_n),
    )


def _form() -> SummaryForm:
    form = SummaryForm(request.args)
    form.period.data = form.period.data if form.period.data in PERIODS else USUAL
    return form


def _published(issued: Questionnaire) -> Version:
    version = current(issued)
    if version is None:
        raise ValueError("an issued questionnaire has a version that was published")
    return version


def _unit(seen: Places) -> Unit | None:
    """The chosen unit, else the own one, else the highest."""
    code = request.args.get("unit")
    if code:
        return visible_unit(current_user, code)
    if current_user.role == RoleName.ADMINISTRATOR or current_user.unit is None:
        return next(iter(seen.roots), None)
    own: Unit = current_user.unit
    return own


def _questionnaire(offered: list[Questionnaire], code: str | None, most: int | None) -> Questionnaire:
    named = next((one for one in offered if one.code == code), None)
    return named or next((one for one in offered if one.id == most), offered[0])


def _span(filters: Filters) -> str:
    return f"{format_date(filters.first_on, 'medium')} – {format_date(filters.last_on, 'medium')}"


def _title(questionnaire: Questionnaire) -> str:
    version = current(questionnaire)
    return definition_of(version).title.say(locale()) if version else questionnaire.code


def _fill(
    form: SummaryForm, seen: Places, unit: Unit, offered: list[Questionnaire], chosen: Questionnaire
) -> None:
    form.unit.choices = [SelectChoice(code, name) for code, name in seen.offered(locale())]
    form.unit.data = unit.code
    form.questionnaire.choices = [SelectChoice(one.code, _title(one)) for one in offered]
    form.questionnaire.data = chosen.code


def _words(min_n: int) -> dict[str, Any]:
    """The sentences of the analysis in the language of the page."""
    here = locale()
    return {
        "figure": lambda estimate: figure(estimate, here),
        "interval": lambda estimate: interval(estimate, here),
        "metric_name": lambda metric: metric_name(metric, here),
        "estimate_sentence": lambda estimate: estimate_sentence(estimate, here, min_n),
        "change_sentence": lambda change: change_sentence(change, here),
        "machine": phrase(here, "topics_machine"),
        "question_sentences": lambda groups: question_sentences(groups, here),
    }
