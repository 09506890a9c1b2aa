"""The tree of causes, for administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from survey.access import Act, required
from survey.cases import causes, queries
from survey.casework.forms import CauseForm
from survey.distribute.forms import choices
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.form_errors import blame
from survey.locales import LOCALES, say
from survey.models import CaseCause
from survey.translation import locale

blueprint = Blueprint("case_causes", __name__, url_prefix="/cases/causes")
NUMBER = "<int(max=2147483647):number>"
Page = str | tuple[str, int] | AnyResponse


@blueprint.get("")
@required(Act.ADMINISTER)
def index() -> str:
    return render_template("casework/causes.html", tree=queries.causes(), deepest=causes.DEEPEST)


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def new() -> Page:
    form = CauseForm()
    above = [
        (str(one.id), "\u2003" * depth + say(one.names, locale()))
        for depth, one in queries.causes()
        if depth < causes.DEEPEST - 1 and one.ended_at is None
    ]
    form.parent.choices = choices([("", _("At the top")), *above])
    if form.validate_on_submit() and _named(form):
        try:
            causes.add(form.names, causes.cause_of(int(form.parent.data)) if form.parent.data else None)
            return _done(_("The cause can be chosen now."))
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    return _page(form)


@blueprint.route(f"/{NUMBER}", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def edit(number: int) -> Page:
    cause = causes.cause_of(number)
    form = CauseForm(data={f"{code.lower()}": cause.names.get(code, "") for code in LOCALES})
    del form.parent
    if form.validate_on_submit() and _named(form):
        causes.rename(cause, form.names)
        return _done(_("The cause is renamed, also where it was chosen before."))
    return _page(form, cause)


@blueprint.post(f"/{NUMBER}/<act>")
@required(Act.ADMINISTER)
def do(number: int, act: str) -> AnyResponse:
    cause, done = causes.cause_of(number), {"end": causes.end, "resume": causes.resume}.get(act)
    if done is None:
        raise Missing
    try:
        done(cause)
    except Invalid as error:
        db.session.rollback()
        flash(str(error.message), "error")
        return redirect(url_for(".index"), 303)
    ended = _("The cause is chosen no more. Where it was chosen before it stays.")
    return _done(ended if act == "end" else _("The cause can be chosen now."))


def _named(form: CauseForm) -> bool:
    if not form.names:
        form.en.errors = [*form.en.errors, _("Please give a name in at least one language.")]
    return bool(form.names)


def _done(message: str) -> AnyResponse:
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index"), 303)


def _page(form: Any, cause: CaseCause | None = None) -> Page:
    page = render_template("casework/cause.html", form=form, cause=cause)
    return (page, 422) if form.errors else page
