"""The pages of targets and benchmarks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from analysis.statistics import METRICS
from analysis.wording import metric_name
from analysis.wording.numbers import in_unit
from survey import clock
from survey.access import Act, required, visible_unit
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.figures import State, places
from survey.form_errors import blame
from survey.models import Questionnaire, Target
from survey.results.choosing import title
from survey.results.files import file_of
from survey.results.forms import FilterForm
from survey.results.framing import frame, settings, told
from survey.results.opening import about_questionnaire, figures_of, page_about
from survey.results.view import View
from survey.targets import queries, service
from survey.targets.benchmark_routes import register as register_benchmarks
from survey.targets.cards import cards
from survey.targets.forms import EndForm, TargetForm
from survey.translation import locale

blueprint = Blueprint("targets", __name__, url_prefix="/improve")
register_benchmarks(blueprint)
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/targets")
@required(Act.READ_RESULTS)
@page_about(FilterForm)
def index(form: FilterForm, view: View) -> str:
    shown = view.selection.state is State.OPEN
    return render_template(
        "targets/index.html",
        **frame(form, view),
        cards=list(told(view, cards(view, queries.benchmarks()))) if shown else [],
        targets=queries.targets(current_user, view.questionnaire),
        measured=lambda target: _measured(view, target),
        said=lambda target: in_unit(target.value, METRICS[target.metric].unit),
        today=clock.today(view.timezone),
        config=CONFIG,
    )


def _measured(view: View, target: Target) -> str:
    subject = view.subjects.get(target.question_code)
    said = view.wording(subject) if subject else target.question_code
    return f"{said} · {metric_name(target.metric, view.locale)}"


@blueprint.get("/targets/chart/<code>.csv")
@required(Act.READ_RESULTS)
@figures_of(FilterForm)
def chart(_form: FilterForm, view: View, code: str) -> Response:
    return file_of(view, cards(view, queries.benchmarks()), code)


@blueprint.route("/targets/new", methods=["GET", "POST"])
@required(Act.SET_TARGETS)
@about_questionnaire("targets/choose.html")  # first, because it decides what can be measured
def new(questionnaire: Questionnaire) -> Page:
    form = TargetForm()
    _offer(form, questionnaire)
    if form.validate_on_submit():
        try:
            _set(form, questionnaire)
            db.session.commit()
            flash(_("The target is set."), "success")
            return redirect(url_for(".index", questionnaire=questionnaire.code), 303)
        except (Invalid, Conflict) as error:
            db.session.rollback()
            blame(form, error)
    page = render_template("targets/new.html", form=form, about=title(questionnaire, locale()))
    return (page, 422) if form.errors else page


def _offer(form: TargetForm, questionnaire: Questionnaire) -> None:
    measured = [
        (f"{subject.code}|{metric}", f"{_wording(subject)} · {metric_name(metric, locale())}")
        for subject, metric in service.measurable(questionnaire)
    ]
    form.offer(places(current_user).offered(locale()), measured)


def _wording(subject: Any) -> str:
    return str(subject.track.wording.say(locale(), unit="…", service_type="…"))


def _set(form: TargetForm, questionnaire: Questionnaire) -> None:
    code, _bar, metric = (form.measured.data or "").partition("|")
    unit = visible_unit(current_user, form.unit.data or "")
    if form.value.data is None or form.valid_from.data is None:
        raise ValueError("a form that is valid has both")
    days = form.valid_from.data, form.valid_to.data
    service.set_target(questionnaire, unit, (code, metric), form.value.data, days, current_user)


@blueprint.route("/targets/<int(max=2147483647):number>/end", methods=["GET", "POST"])
@required(Act.SET_TARGETS)
def end(number: int) -> Page:
    target = queries.target_of(current_user, number)
    form = EndForm(valid_to=target.valid_to or clock.today(settings().timezone))
    if form.validate_on_submit():
        try:
            if form.valid_to.data is not None:
                service.end(target, form.valid_to.data)
            code = target.questionnaire.code
            db.session.commit()
            flash(_("The target ends then; what it was stays in the list."), "success")
            return redirect(url_for(".index", questionnaire=code), 303)
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    target = queries.target_of(current_user, number)
    said = in_unit(target.value, METRICS[target.metric].unit)
    page = render_template("targets/end.html", form=form, target=target, said=said)
    return (page, 422) if form.errors else page
