"""The page of new themes: for whoever sees all units, since they are looked for in the comments of all together."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.wording.numbers import number
from survey.access import Act, required, sees_all_units
from survey.errors import Forbidden, Missing
from survey.extensions import db
from survey.figures import issued
from survey.models import Questionnaire, ThemeSearch
from survey.names import LANGUAGES
from survey.results import reading
from survey.results.forms import FilterForm
from survey.results.labels import span_label
from survey.results.opening import page_about
from survey.results.themes import looking, queries, service
from survey.results.view import View

blueprint = Blueprint("themes", __name__, url_prefix="/results/themes")
blueprint.app_context_processor(lambda: {"sees_all_units": sees_all_units})  # the page of topics leads here


@blueprint.get("")
@required(Act.READ_RESULTS)
@page_about(FilterForm)
def index(form: FilterForm, view: View) -> str:
    opened = sees_all_units(view.person)
    return render_template(
        "results/themes.html",
        form=form,
        view=view,
        opened=opened,
        found=queries.searched(view.questionnaire.id) if opened else [],
        names=LANGUAGES,
        days=_days,
        least=current_app.extensions["settings"].min_n,
        span=lambda search: span_label(search.first_on, search.last_on, view.locale),
        percent=lambda share: f"{number(100 * share, 1)}%",
        points=lambda share: number(100 * share, 1, signed=True),
        probability=lambda p: "< 0.001" if p < 0.001 else f"= {p:.3f}",
        lang=reading.lang,
    )


def _days(search: ThemeSearch) -> int:
    """Of the period that was looked at, which may be longer than what was wished for."""
    if not search.first_on or not search.last_on:
        return looking.DAYS
    return (search.last_on - search.first_on).days + 1


@blueprint.post("/hide")
@required(Act.DESIGN)
def hide() -> Response:
    of = _questionnaire()
    language, phrase = _given()
    try:
        service.hide(of.id, language, phrase, current_user.id)
        db.session.commit()
        flash(_("“%(phrase)s” is not offered any more.", phrase=phrase), "success")
    except Missing:
        db.session.rollback()
        flash(_("This phrase is no longer among the new themes."), "error")
    return _back(of)


@blueprint.post("/show")
@required(Act.DESIGN)
def show() -> Response:
    of = _questionnaire()
    language, phrase = _given()
    try:
        service.show(of.id, language, phrase)
        db.session.commit()
        flash(_("“%(phrase)s” is offered again.", phrase=phrase), "success")
    except Missing:
        db.session.rollback()
        flash(_("This phrase is not hidden."), "error")
    return _back(of)


@blueprint.post("/look")
@required(Act.DESIGN)
def look() -> Response:
    of = _questionnaire()
    service.ask(of.id)
    db.session.commit()
    flash(_("New themes are looked for: come back in a minute."), "success")
    return _back(of)


def _given() -> tuple[str, str]:
    return request.form.get("language", ""), request.form.get("phrase", "").replace("\x00", "")


def _questionnaire() -> Questionnaire:
    """That of the form, for somebody who sees all units."""
    if not sees_all_units(current_user):
        raise Forbidden
    code = request.form.get("questionnaire", "")
    found = next((one for one in issued() if one.code == code), None)
    if found is None:
        raise Missing
    return found


def _back(of: Questionnaire) -> Response:
    return redirect(url_for(".index", questionnaire=of.code), 303)
