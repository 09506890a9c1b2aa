"""The pages of targets and benchmarks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.charts import CONFIG
from analysis.statistics import METRICS
from analysis.wording import metric_name
from analysis.wording.numbers import in_unit
from survey import clock
from survey.access import Act, required, visible_unit
from survey.distribute.forms import blame
from survey.errors import Conflict, Invalid, Missing
from survey.extensions import db
from survey.figures import State, issued, places
from survey.locales import say
from survey.models import Questionnaire, Target
from survey.results.choosing import choose, title
from survey.results.files import file_of
from survey.results.forms import FilterForm
from survey.results.framing import frame, note_figures, settings, told
from survey.results.view import View
from survey.targets import queries, service
from survey.targets.benchmark_routes import register as register_benchmarks
from survey.targets.cards import cards
from survey.targets.forms import EndForm, TargetForm
from survey.translation import locale

blueprint = Blueprint("targets", __name__, url_prefix="/improve")
register_benchmarks(blueprint)
_INDENT = "\u2003"
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/targets")
@required(Act.READ_RESULTS)
def index() -> str:
    form, view = choose(FilterForm, request.args, current_user, settings(), locale())
    if view is None:
        return render_template("results/nothing.html")
    note_figures(view)
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
def chart(code: str) -> Response:
    _form, view = choose(FilterForm, request.args, current_user, settings(), locale())
    if view is None or view.selection.state is not State.OPEN:
        raise Missing
    note_figures(view)
    return file_of(view, cards(view, queries.benchmarks()), code)


@blueprint.route("/targets/new", methods=["GET", "POST"])
@required(Act.SET_TARGETS)
def new() -> Page:
    """First the questionnaire, because it decides what can be measured; then the rest."""
    offered = issued()
    code = request.args.get("questionnaire", "")
    if not code and len(offered) != 1:
        named = [(one.code, title(one, locale())) for one in offered]
        return render_template("targets/choose.html", questionnaires=named)
    questionnaire = next((one for one in offered if one.code == code or not code), None)
    if questionnaire is None:
        raise Missing
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
    seen = places(current_user)
    units = [(u.code, _INDENT * seen.depth(u) + say(u.names, locale())) for u in seen.units.values()]
    measured = [
        (f"{subject.code}|{metric}", f"{_wording(subject)} · {metric_name(metric, locale())}")
        for subject, metric in service.measurable(questionnaire)
    ]
    form.offer(units, measured)


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
