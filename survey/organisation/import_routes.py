"""Units and service types from an uploaded CSV file: preview, then import."""

from __future__ import annotations

from flask import render_template

from survey import access
from survey.access import Act
from survey.csv_tables import Report, uploaded
from survey.errors import DomainError
from survey.extensions import db
from survey.organisation.forms import FileForm
from survey.organisation.importing import import_service_types, import_units
from survey.organisation.routes import blueprint

IMPORTS = {"units": import_units, "service-types": import_service_types}


@blueprint.route("/import/<any('units', 'service-types'):what>", methods=["GET", "POST"])
@access.required(Act.ADMINISTER)
def import_file(what: str) -> str:
    form, stored = FileForm(), False
    report: Report | None = None
    if form.validate_on_submit():
        try:
            form.text.data = uploaded(form.file.data or None, form.text.data or "")
            report = IMPORTS[what](form.text.data)
            stored = bool(form.store.data) and not report.problems
            (db.session.commit if stored else db.session.rollback)()
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
    return render_template("organisation/import.html", form=form, report=report, stored=stored, what=what)
