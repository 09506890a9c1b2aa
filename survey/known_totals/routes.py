"""The page on which totals are entered to which figures can be weighted."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.figures import current, known_totals
from survey.known_totals import service
from survey.known_totals.forms import NAMES, TotalsForm
from survey.models import Margin, Questionnaire
from survey.questions.definition import definition_of

blueprint = Blueprint("known_totals", __name__, url_prefix="/known-totals")


@blueprint.route("/<code>", methods=["GET", "POST"])
@required(Act.WEIGH)
def show(code: str) -> str | tuple[str, int] | AnyResponse:
    questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
    version = current(questionnaire) if questionnaire else None
    if questionnaire is None or version is None:
        raise Missing
    offered = service.margins(current_user)
    form = TotalsForm()
    form.offer(offered)
    if form.validate_on_submit():
        try:
            return _keep(questionnaire, form)
        except Invalid as error:
            field = form[error.field or "totals"]
            field.errors = [*field.errors, error.message]
    page = render_template(
        "known_totals/page.html",
        form=form,
        questionnaire=questionnaire,
        title=definition_of(version).title,
        known=[one for one in known_totals(questionnaire.id) if one.margin in offered],
        names=NAMES,
        codes={NAMES[margin]: service.codes(margin) for margin in offered},
    )
    return (page, 422) if form.errors else page


def _keep(questionnaire: Questionnaire, form: TotalsForm) -> AnyResponse:
    margin = Margin(form.margin.data)
    totals = {} if form.withdraw.data else service.read(form.totals.data or "", margin)
    today = clock.today(current_app.extensions["settings"].timezone)
    if form.as_of.data is None:
        raise Invalid(_("Please give a day."), field="as_of")
    given = service.Totals(margin, totals, form.source.data or "", form.as_of.data)
    service.keep(questionnaire, given, current_user.id, today)
    db.session.commit()
    flash(_("The totals are stored. Figures are weighted to them where somebody switches it on."), "success")
    return redirect(url_for(".show", code=questionnaire.code), 303)
