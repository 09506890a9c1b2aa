"""For administrators: what is stored of one person, as a file or deleted; and how long a questionnaire keeps it.

What is sought comes by POST only, so that no address holds a receipt or a reference.
"""

from __future__ import annotations

import json
from datetime import date

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from survey import audit, clock
from survey.access import Act, required
from survey.errors import Missing
from survey.extensions import db
from survey.models import Questionnaire
from survey.privacy import queries, service
from survey.privacy.forms import EraseForm, FindForm, KeepForm
from survey.privacy.queries import Found
from survey.processing import retention
from survey.questions.definition import definition_of
from survey.translation import locale

blueprint = Blueprint("privacy", __name__)
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/personal-data")
@required(Act.ADMINISTER)
def index() -> str:
    return render_template("privacy/index.html", form=FindForm())


@blueprint.post("/personal-data")
@required(Act.ADMINISTER)
def find() -> Page:
    form = FindForm()
    found = _found(form)
    return _page(found) if found else _again(form)


@blueprint.post("/personal-data/file")
@required(Act.ADMINISTER)
def file() -> Page:
    form = FindForm()
    found = _found(form)
    if found is None:
        return _again(form)
    text = json.dumps(queries.documents(found, locale()), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="personal-data.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@blueprint.post("/personal-data/erase")
@required(Act.ADMINISTER)
def erase() -> Page:
    form = EraseForm()
    found = _found(form)
    if found is None:
        return _again(form)
    if not form.sure.data:
        form.sure.errors = [_("Please tick this box if all of it is to be deleted.")]
        return _page(found, form), 422
    erased = service.erase(found, _today())
    db.session.commit()
    flash(
        ngettext("Deleted: %(num)s response.", "Deleted: %(num)s responses.", erased)
        + " "
        + _("Traces in files are removed within a day."),
        "success",
    )
    return redirect(url_for(".index"))


def _found(form: FindForm) -> Found | None:
    """None with an error beside the field. That somebody looked is on record before anything is shown."""
    if not form.validate():
        return None
    audit.saw(audit.Deed.SAW, audit.Thing("responses"), {"by": form.by.data, "why": "personal data"})
    try:
        return queries.find(form.by.data, form.sought.data, current_user)
    except Missing:
        form.sought.errors = [_("Nothing is stored under this, or it was deleted.")]
        return None


def _again(form: FindForm) -> tuple[str, int]:
    return render_template("privacy/index.html", form=form), 404 if form.validate() else 422


def _page(found: Found, form: EraseForm | None = None) -> str:
    titles = {one.id: definition_of(one.version).title for one in found.responses}
    return render_template("privacy/found.html", found=found, titles=titles, form=form or EraseForm())


@blueprint.route("/questionnaires/<code>/kept", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def keeping(code: str) -> Page:
    """How long responses and comments are kept; what would go at once must be confirmed."""
    questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == code))
    if questionnaire is None:
        raise Missing
    form = KeepForm(data=_kept(questionnaire))
    valid = form.validate_on_submit()
    months = (
        {"responses": form.responses.data, "comments": form.comments.data} if valid else _kept(questionnaire)
    )
    due = retention.dues(questionnaire.id, months["responses"], months["comments"], _today(), None)
    if valid:
        if form.sure.data or not any(one.due for one in due):
            service.keep(questionnaire, form.responses.data, form.comments.data)
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("design.show", code=code))
        form.sure.errors = [_("Please confirm: what is listed here will be removed within an hour.")]
    status = 422 if form.errors or form.sure.errors else 200
    title = definition_of(questionnaire.published or questionnaire.latest).title
    page = render_template(
        "privacy/keeping.html", form=form, questionnaire=questionnaire, title=title, due=due
    )
    return page, status


def _kept(questionnaire: Questionnaire) -> dict[str, int | None]:
    return {
        "responses": questionnaire.responses_kept_months,
        "comments": questionnaire.comments_kept_months,
    }


def _today() -> date:
    return clock.today(current_app.extensions["settings"].timezone)
