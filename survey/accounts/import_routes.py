"""Accounts from an uploaded CSV file: preview, import, and the links of the new ones."""

from __future__ import annotations

import base64
import csv
import io

from flask import render_template

from survey import access
from survey.access import Act
from survey.accounts import links
from survey.accounts.forms import FileForm
from survey.accounts.importing import import_people
from survey.accounts.security_settings import LINK_DAYS
from survey.accounts.user_routes import blueprint
from survey.csv_tables import Report, uploaded
from survey.errors import DomainError
from survey.extensions import db
from survey.models import User

Made = list[tuple[User, str]]


@blueprint.route("/import", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def import_file() -> str:
    form, report, made = FileForm(), None, None
    if form.validate_on_submit():
        try:
            form.text.data = uploaded(form.file.data or None, form.text.data or "")
            report, made = _import(form.text.data, store=bool(form.store.data))
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
    return render_template(
        "accounts/import.html",
        form=form,
        report=report,
        made=made,
        sheet=_sheet(made or []),
        days=LINK_DAYS,
    )


def _import(text: str, store: bool) -> tuple[Report, Made | None]:
    """The report; and, when it was stored, the new accounts with their links."""
    report, new = import_people(text)
    if not store or report.problems:
        db.session.rollback()
        return report, None
    made = [(user, links.one_time_link(user)) for user in new]
    db.session.commit()
    for user, link in made:
        links.send(user, link)
    return report, made


def _sheet(made: Made) -> str:
    """The links as a CSV file inside the page, so that no second request could fetch them again."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["email", "link"])
    rows.writerows([user.email, link] for user, link in made)
    return "data:text/csv;base64," + base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
