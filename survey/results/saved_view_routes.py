"""Keeping the filters of the comments page under a name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired

from survey.access import Act, required
from survey.errors import Invalid
from survey.extensions import db
from survey.form_errors import blame
from survey.models import SavedView
from survey.results import saved_views
from survey.results.framing import kept

blueprint = Blueprint("saved_views", __name__, url_prefix="/results/comments/views")
Page = str | tuple[str, int] | Response


class SaveForm(FlaskForm):
    name = StringField(
        _l("Name of the selection"),
        [DataRequired(_l("Please fill this in."))],
        render_kw={"maxlength": saved_views.LONGEST},
    )
    shared = BooleanField(
        _l("Share it"),
        description=_l(
            "With everybody of your unit and below who sees results. Each sees their own comments."
        ),
    )
    query = HiddenField()


@blueprint.get("")
@required(Act.READ_RESULTS)
def index() -> str:
    return _page(_form())


@blueprint.post("")
@required(Act.READ_RESULTS)
def save() -> Page:
    form = SaveForm()
    if form.validate():
        try:
            view = saved_views.save(
                current_user, form.name.data or "", form.query.data or "", shared=bool(form.shared.data)
            )
            db.session.commit()
            flash(_("The selection is kept as “%(name)s”.", name=view.name), "success")
            return redirect(address(view), 303)
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    return _page(form), 422


@blueprint.post("/rename")
@required(Act.READ_RESULTS)
def rename() -> Response:
    try:
        done = saved_views.rename(current_user, request.form.get("was", ""), request.form.get("name", ""))
        db.session.commit()
        _say(done, _("The selection has its new name."))
    except Invalid as error:
        db.session.rollback()
        flash(error.message, "error")
    return redirect(url_for(".index"), 303)


@blueprint.post("/remove")
@required(Act.READ_RESULTS)
def remove() -> Response:
    done = saved_views.remove(current_user, request.form.get("name", ""))
    db.session.commit()
    _say(done, _("The selection is removed."))
    return redirect(url_for(".index"), 303)


def _say(done: bool, words: str) -> None:
    flash(words if done else _("There is no selection of this name."), "success" if done else "error")


def address(view: SavedView) -> str:
    return url_for("results.comments", **kept(view.filters))


def bar(query: str) -> dict[str, Any]:
    """For the comments page: what is kept, which of it is shown now, and the form to keep this."""
    now = saved_views.selection(query)
    return {
        "saved": saved_views.views(current_user),
        "saved_address": address,
        "selected": now,
        "save_form": _form(now),
    }


def _form(query: str = "") -> SaveForm:
    return SaveForm(formdata=None, data={"query": query})


def _page(form: SaveForm) -> str:
    return render_template(
        "results/saved_views.html", form=form, views=saved_views.views(current_user), address=address
    )
