"""One's own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_security import auth_required, current_user, logout_user
from werkzeug.wrappers import Response

from survey.accounts.forms import MeForm
from survey.accounts.service import end_sessions, one_line
from survey.extensions import db
from survey.locales import LOCALES
from survey.translation import use_locale

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.route("", methods=["GET", "POST"])
@auth_required("session")
def me() -> str | Response:
    form = MeForm(obj=current_user)
    if form.validate_on_submit():
        current_user.name = one_line(form.name.data or "")
        current_user.locale = form.locale.data if form.locale.data in LOCALES else None
        db.session.commit()
        session.pop("locale", None)
        if current_user.locale:
            use_locale(current_user.locale)
        flash(_("Saved."), "success")
        return redirect(url_for("accounts.me"))
    return render_template("accounts/me.html", form=form, codes=len(current_user.mf_recovery_codes or []))


@blueprint.post("/end-sessions")
@auth_required("session")
def sign_out_everywhere() -> Response:
    end_sessions(current_user)
    db.session.commit()
    logout_user()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("security.login"))
