"""The first page: where a person's work begins, by role."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, request, session, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response

from survey.access import Act, may
from survey.extensions import db
from survey.locales import LOCALES

blueprint = Blueprint("home", __name__)
OWN_PATH = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")  # browsers read //, /\ and /<tab>/ as another host


@blueprint.get("/")
@auth_required("session")
def index() -> Response:
    start = "results.overview" if may(current_user, Act.READ_RESULTS) else "feedback.summary"
    return redirect(url_for(start))


@blueprint.post("/language")
@auth_required("session")
def language() -> Response:
    """Keeps the chosen interface language with the person."""
    if request.form.get("locale") in LOCALES:
        current_user.locale = request.form["locale"]
        session.pop("locale", None)
        db.session.commit()
    back = request.form.get("back", "/")
    return redirect(back if OWN_PATH.fullmatch(back) else "/")
