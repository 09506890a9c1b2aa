"""The pages on which managers write, release and withdraw replies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from survey import clock
from survey.access import Act, required, visible_unit
from survey.config import Settings
from survey.errors import Conflict, Invalid, Missing
from survey.extensions import db
from survey.figures.places import places
from survey.form_errors import blame
from survey.locales import LOCALES
from survey.models import PublicReply, Unit
from survey.replies import queries, service
from survey.replies.forms import ReplyForm
from survey.results.forms import choices
from survey.translation import locale

blueprint = Blueprint("replies", __name__, url_prefix="/improve/replies")
Page = str | tuple[str, int] | Response
DEEDS = ("release", "withdraw")


@blueprint.get("")
@required(Act.READ_RESULTS)
def index() -> str:
    return render_template("replies/index.html", replies=queries.replies(current_user))


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.IMPROVE)
def new() -> Page:
    form = _form(ReplyForm(done_on=_today()))
    return _written(form, lambda: service.write(_unit(form), form.words(), current_user, _min_n(), _today()))


@blueprint.route("/<int(max=2147483647):number>", methods=["GET", "POST"])
@required(Act.IMPROVE)
def edit(number: int) -> Page:
    reply = queries.reply_of(current_user, number)
    if reply.released_at is not None:
        raise Missing
    given = {
        f"{name}_{code}": getattr(reply, name).get(code, "") for name in ("said", "did") for code in LOCALES
    }
    form = _form(
        ReplyForm(data=given | {"unit": reply.unit.code, "people": reply.people, "done_on": reply.done_on})
    )
    return _written(form, lambda: service.change(reply, _unit(form), form.words(), _min_n(), _today()))


@blueprint.post("/<int(max=2147483647):number>/<deed>")
@required(Act.IMPROVE)
def do(number: int, deed: str) -> Response:
    reply = queries.reply_of(current_user, number)
    if deed not in DEEDS:
        raise Missing
    if deed == "release":
        service.release(reply, current_user)
    else:
        service.withdraw(reply)
    db.session.commit()
    flash(
        _("Everybody can read it now.") if deed == "release" else _("It is not public any more."), "success"
    )
    return redirect(url_for(".index"), 303)


def _written(form: ReplyForm, write: Callable[[], PublicReply | None]) -> Page:
    if form.validate_on_submit():
        try:
            write()
            db.session.commit()
            flash(_("Saved as a draft. Read it once more, then release it."), "success")
            return redirect(url_for(".index"), 303)
        except (Invalid, Conflict) as error:
            db.session.rollback()
            blame(form, error)
    page = render_template("replies/edit.html", form=form)
    return (page, 422) if form.errors else page


def _form(form: ReplyForm) -> ReplyForm:
    form.unit.choices = choices(("", _("Choose a unit")), *places(current_user).offered(locale()))
    return form


def _unit(form: ReplyForm) -> Unit:
    return visible_unit(current_user, form.unit.data or "")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _min_n() -> int:
    return _settings().min_n


def _today() -> date:
    return clock.today(_settings().timezone)
