"""Importing on a page: upload, check, start, report."""

from __future__ import annotations

import uuid

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from survey import audit
from survey.access import Act, required
from survey.bell import bell
from survey.config import Settings
from survey.errors import DomainError, Missing
from survey.extensions import db
from survey.intake import queries, uploads
from survey.intake.forms import MapForm, UploadForm
from survey.intake.report import REASONS
from survey.models import ImportRun, Phase
from survey.translation import locale

blueprint = Blueprint("intake", __name__, url_prefix="/import")

Page = str | tuple[str, int] | Response


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.get("/")
@required(Act.IMPORT)
def index() -> Page:
    return _index(UploadForm(uploads.examples()))


def _index(form: UploadForm) -> str:
    return render_template("intake/index.html", form=form, runs=queries.recent())


@blueprint.post("/")
@required(Act.IMPORT)
def upload() -> Page:
    examples = uploads.examples()
    form = UploadForm(examples)
    if not form.validate():
        return _index(form), 422
    try:
        text = form.map_text(examples)
        file, wanted = form.file.data, form.create_units.data
        run = uploads.begin(file.save, file.filename or "file", text, wanted, current_user.id, _settings())
    except (DomainError, UnicodeDecodeError) as error:
        wrong = error.message if isinstance(error, DomainError) else _("The map is not a text in UTF-8.")
        form.map_file.errors = [*form.map_file.errors, wrong]
        return _index(form), 422
    return _handed_over(run)


def _handed_over(run: ImportRun) -> Response:
    """To the worker, and back to the run's page."""
    number = run.id
    db.session.commit()
    bell.ring()
    return redirect(url_for("intake.run", number=number), 303)


@blueprint.get("/<uuid:number>")
@required(Act.IMPORT)
def run(number: uuid.UUID) -> Page:
    found = queries.run_of(number)
    return _run(found, MapForm(formdata=None, map=found.map, create_units=found.create_units))


def _run(found: ImportRun, form: MapForm) -> str:
    if found.report:
        audit.saw_first(audit.Deed.SAW, found)  # the sample holds answers
    sample = queries.sample(found.report, locale()) if found.report else None
    return render_template(
        "intake/run.html", run=found, form=form, sample=sample, reasons=REASONS, Phase=Phase
    )


@blueprint.get("/<uuid:number>/state")
@required(Act.IMPORT)
def state(number: uuid.UUID) -> Response:
    """For the page, which asks every second."""
    found = queries.run_of(number)
    return jsonify(phase=found.phase, read=found.rows_read, rows=found.rows)


@blueprint.post("/<uuid:number>/check")
@required(Act.IMPORT)
def check(number: uuid.UUID) -> Page:
    found = queries.run_of(number, lock=True)
    form = MapForm()
    if not form.validate():
        return _run(found, form), 422
    try:
        uploads.check_again(found, form.map.data or "", form.create_units.data)
    except DomainError as error:
        form.map.errors = [*form.map.errors, error.message]
        return _run(found, form), error.status
    return _handed_over(found)


@blueprint.post("/<uuid:number>/start")
@required(Act.IMPORT)
def start(number: uuid.UUID) -> Page:
    found = queries.run_of(number, lock=True)
    uploads.start(found)
    return _handed_over(found)


@blueprint.post("/<uuid:number>/remove")
@required(Act.IMPORT)
def remove(number: uuid.UUID) -> Page:
    uploads.remove(queries.run_of(number, lock=True), _settings())
    db.session.commit()
    flash(_("The file was removed. Responses that were imported stay."), "success")
    return redirect(url_for("intake.index"), 303)


@blueprint.get("/<uuid:number>/rejected.csv")
@required(Act.IMPORT)
def rejected(number: uuid.UUID) -> Response:
    found = queries.run_of(number)
    path = uploads.rejected_of(found, _settings())
    if not path.exists():
        raise Missing
    audit.saw(audit.Deed.DOWNLOADED, found)
    return send_file(path, "text/csv; charset=utf-8", as_attachment=True, download_name="rejected.csv")
