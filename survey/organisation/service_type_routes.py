"""The service types, as administrators keep them."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey import access
from survey.access import Act
from survey.errors import DomainError
from survey.extensions import db
from survey.models import ServiceType
from survey.organisation import queries, service
from survey.organisation.forms import NamesForm, NewServiceTypeForm
from survey.organisation.routes import blueprint


@blueprint.get("/service-types")
@access.required(Act.ADMINISTER)
def service_types() -> str:
    return render_template("organisation/service_types.html", found=queries.service_types())


@blueprint.route("/new-service-type", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def new_service_type() -> str | Response:
    form = NewServiceTypeForm()
    if form.validate_on_submit():
        try:
            service.add_service_type((form.code.data or "").strip(), form.names())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("organisation.service_types"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("organisation/service_type.html", form=form, kind=None)


@blueprint.route("/service-types/<code>", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def service_type(code: str) -> str | Response:
    kind, form = queries.service_type(code), NamesForm()
    if not form.is_submitted():
        form.show(kind.names)
    if form.validate_on_submit():
        try:
            service.change_service_type(kind, form.names())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("organisation.service_types"))
        except DomainError as error:
            db.session.rollback()
            form.refuse(error)
    return render_template("organisation/service_type.html", form=form, kind=kind, used=service.used(kind))


ACTS: dict[str, Callable[[ServiceType], None]] = {
    "up": lambda kind: service.shift(kind, queries.service_types(), -1),
    "down": lambda kind: service.shift(kind, queries.service_types(), 1),
    "close": service.close,
    "reopen": service.reopen,
    "delete": service.delete,
}


@blueprint.post("/service-types/<code>/<any('up', 'down', 'close', 'reopen', 'delete'):act>")
@access.required(Act.ADMINISTER)
def do_service_type(code: str, act: str) -> Response:
    kind = queries.service_type(code)
    try:
        ACTS[act](kind)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "error")
    return redirect(url_for("organisation.service_types"))
