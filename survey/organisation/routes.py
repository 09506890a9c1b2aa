"""The tree of units, as administrators keep it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey import access
from survey.access import Act
from survey.errors import DomainError
from survey.extensions import db
from survey.models import Unit
from survey.organisation import queries, service
from survey.organisation.forms import MoveForm, NewUnitForm, UnitForm
from survey.translation import locale

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")


@blueprint.get("")
@access.required(Act.ADMINISTER)
def index() -> str:
    return render_template("organisation/units.html", tree=queries.tree())


@blueprint.route("/new-unit", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def new_unit() -> str | Response:
    parent = queries.unit(request.args["parent"]) if request.args.get("parent") else None
    form = NewUnitForm(kind="department" if parent else "headquarters")
    if form.validate_on_submit():
        try:
            service.add_unit((form.code.data or "").strip(), form.kind.data, form.names(), parent)
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("organisation.index"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("organisation/new_unit.html", form=form, parent=parent)


@blueprint.route("/units/<code>", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def unit(code: str) -> str | Response:
    found = queries.unit(code)
    form = UnitForm(obj=found)
    if not form.is_submitted():
        form.show(found.names)
    if form.validate_on_submit():
        try:
            service.change_unit(found, form.kind.data, form.names())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("organisation.unit", code=code))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return _page(found, form, _move_form(found))


@blueprint.post("/units/<code>/move")
@access.required(Act.ADMINISTER)
def move(code: str) -> str | Response:
    found, form = queries.unit(code), MoveForm()
    try:
        service.move(found, queries.unit(form.parent.data) if form.parent.data else None)
        db.session.commit()
        flash(_("Moved."), "success")
        return redirect(url_for("organisation.index"))
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for("organisation.unit", code=code))


ACTS: dict[str, Callable[[Unit], None]] = {
    "up": lambda unit: service.shift(unit, queries.siblings(unit), -1),
    "down": lambda unit: service.shift(unit, queries.siblings(unit), 1),
    "close": service.close,
    "reopen": service.reopen,
    "delete": service.delete,
}


@blueprint.post("/units/<code>/<any('up', 'down', 'close', 'reopen', 'delete'):act>")
@access.required(Act.ADMINISTER)
def do(code: str, act: str) -> Response:
    try:
        ACTS[act](queries.unit(code))
        db.session.commit()
    except DomainError as error:
        if error.status == 404:
            raise
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for("organisation.unit", code=code))
    return redirect(url_for("organisation.index"))


def _move_form(found: Unit) -> MoveForm:
    form = MoveForm(formdata=None, parent=found.parent.code if found.parent else "")
    form.offer(access.in_order(queries.possible_parents(found)), locale())
    return form


def _page(found: Unit, form: UnitForm, move_form: MoveForm) -> str:
    return render_template(
        "organisation/unit.html", unit=found, form=form, move_form=move_form, used=service.used(found)
    )
