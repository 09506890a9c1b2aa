"""Everybody's accounts, for administrators."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import Field

from survey import access
from survey.access import Act
from survey.accounts import links, queries, service
from survey.accounts.forms import PersonForm
from survey.accounts.queries import Wanted
from survey.accounts.security_settings import LINK_DAYS
from survey.accounts.service import Person
from survey.errors import DomainError, Invalid, Missing
from survey.extensions import db
from survey.models import Unit, User
from survey.translation import locale

blueprint = Blueprint("users", __name__, url_prefix="/users")


@blueprint.get("")
@access.required(Act.ADMINISTER)
def index() -> str:
    asked = request.args
    wanted = Wanted(
        text=asked.get("text", "").strip()[:100],
        role=asked.get("role", ""),
        unit=asked.get("unit", ""),
        closed=asked.get("closed") == "1",
        page=max(1, min(asked.get("page", 1, int), 100_000)),
    )
    return render_template("accounts/users.html", wanted=wanted, found=queries.people(wanted), units=_units())


@blueprint.route("/new", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def new() -> str | Response:
    form = PersonForm(unit=request.args.get("unit", ""), role="staff")
    form.offer(_units(), locale())
    if form.validate_on_submit():
        try:
            user = service.add(_person(form))
            link = links.one_time_link(user)
            db.session.commit()
            return _show_link(user, link)
        except DomainError as error:
            _beside(form, error)
    return render_template("accounts/user.html", form=form, user=None)


@blueprint.route("/<uuid:user_id>", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def edit(user_id: uuid.UUID) -> str | Response:
    user = queries.person(user_id)
    form = PersonForm(obj=user, unit=user.unit.code if user.unit else "")
    form.offer(_units(), locale())
    if form.validate_on_submit():
        try:
            service.change(user, _person(form))
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("users.edit", user_id=user.id))
        except DomainError as error:
            _beside(form, error)
    return render_template("accounts/user.html", form=form, user=user)


@blueprint.post("/<uuid:user_id>/link")
@access.required(Act.ADMINISTER)
def link(user_id: uuid.UUID) -> str:
    user = queries.person(user_id)
    made = links.one_time_link(user)
    db.session.commit()
    return _show_link(user, made)


ACTS: dict[str, Callable[[User], None]] = {
    "close": service.close,
    "reopen": service.reopen,
    "end-sessions": service.end_sessions,
    "reset-second-factor": service.reset_second_factor,
}


@blueprint.post("/<uuid:user_id>/<any('close', 'reopen', 'end-sessions', 'reset-second-factor'):act>")
@access.required(Act.ADMINISTER)
def do(user_id: uuid.UUID, act: str) -> Response:
    user = queries.person(user_id)
    try:
        ACTS[act](user)
        db.session.commit()
        flash(_("Done."), "success")
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "error")
    return redirect(url_for("users.edit", user_id=user_id))


def _show_link(user: User, made: str) -> str:
    """Shown in this answer only: it is stored nowhere, and no page shows it again."""
    sent = links.send(user, made)
    return render_template("accounts/link.html", user=user, link=made, sent=sent, days=LINK_DAYS)


def _units() -> list[tuple[int, Unit]]:
    return access.in_order(db.session.scalars(select(Unit)))


def _person(form: PersonForm) -> Person:
    unit = None
    if form.unit.data:
        unit = db.session.scalar(select(Unit).where(Unit.code == form.unit.data))
        if unit is None:
            raise Invalid(Missing.message, field="unit")
    return Person(form.email.data or "", form.name.data or "", form.role.data, unit, form.locale.data or None)


def _beside(form: PersonForm, error: DomainError) -> None:
    db.session.rollback()
    field: Field = getattr(form, error.field or "", form.email)
    field.errors = [*field.errors, str(error)]
