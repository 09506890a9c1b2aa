"""Which tiers of customers raise the priority of a case, for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from survey.access import Act, required
from survey.cases import tiers
from survey.casework.forms import TierForm
from survey.casework.wording import PRIORITIES
from survey.errors import Invalid
from survey.extensions import db
from survey.form_errors import blame

blueprint = Blueprint("case_tiers", __name__, url_prefix="/cases/tiers")


@blueprint.route("", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def index() -> str | tuple[str, int] | Response:
    form = TierForm()
    if form.validate_on_submit():
        try:
            tiers.keep(form.code.data or "", int(form.priority.data))
            db.session.commit()
            flash(_("Saved. It holds for cases that are opened from now on."), "success")
            return redirect(url_for(".index"), 303)
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    page = render_template("casework/tiers.html", form=form, tiers=tiers.every(), priorities=PRIORITIES)
    return (page, 422) if form.errors else page
