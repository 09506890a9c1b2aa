"""The page from which responses are taken out, and the files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable

from flask import Blueprint, Response, current_app, render_template, request, send_file, stream_with_context
from flask_security import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from survey import audit
from survey.access import Act, required
from survey.errors import DomainError
from survey.export.codebook import HEADER
from survey.export.forms import ExportForm
from survey.export.making import codebook_rows, file_name, make_sheet, parts
from survey.export.queries import issued_versions
from survey.export.sheet import Sheet
from survey.extensions import db
from survey.models import Questionnaire
from survey.questions.definition import definition_of
from survey.table_files import csv_pieces, write_xlsx
from survey.translation import locale

blueprint = Blueprint("export", __name__, url_prefix="/export")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/")
@required(Act.EXPORT)
def index() -> str:
    return _page(_form())


@blueprint.get("/file")
@required(Act.EXPORT)
def file() -> Response | tuple[str, int]:
    """The chosen file; the page again, with the reason, where there is none."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    questionnaire = db.session.scalar(
        select(Questionnaire).where(Questionnaire.code == form.questionnaire.data)
    )
    assert questionnaire is not None  # the form knows the choices
    try:
        sheet = make_sheet(
            questionnaire,
            form.first_on.data,
            form.last_on.data,
            person=current_user,
            locale=form.language.data,
            labels=form.answers.data == "labels",
            settings=current_app.extensions["settings"],
        )
    except DomainError as error:
        form.first_on.errors = [*form.first_on.errors, str(error)]
        return _page(form), error.status
    if form.what.data != "codebook":
        _note(questionnaire, sheet, form.what.data)
    return _send(form, questionnaire, sheet)


def _note(questionnaire: Questionnaire, sheet: Sheet, kind: str) -> None:
    """Before the first row is read: what cannot be noted is not handed out."""
    code, wanted = questionnaire.code, sheet.wanted
    days = {"from": wanted.first_on, "to": wanted.last_on, "format": kind}
    audit.saw(audit.Deed.EXPORTED, audit.Thing("responses", code, code, current_user.unit_id), days)


def _send(form: ExportForm, questionnaire: Questionnaire, sheet: Sheet) -> Response:
    chosen = form.language.data
    if form.what.data == "codebook":
        pieces: Iterable[bytes] = csv_pieces(HEADER, codebook_rows(sheet, chosen))
        return _csv(pieces, file_name(questionnaire, sheet, "_codebook.csv"))
    if form.what.data == "csv":
        pieces = stream_with_context(csv_pieces(sheet.header, sheet.rows()))
        return _csv(pieces, file_name(questionnaire, sheet, ".csv"))
    written = tempfile.TemporaryFile()  # noqa: SIM115 closed, and so removed, when it has been sent
    write_xlsx(written, parts(sheet, chosen))
    written.seek(0)
    return send_file(
        written, XLSX, as_attachment=True, download_name=file_name(questionnaire, sheet, ".xlsx")
    )


def _csv(pieces: Iterable[bytes], name: str) -> Response:
    return Response(
        pieces, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(form: ExportForm) -> str:
    return render_template("export/index.html", form=form, min_n=current_app.extensions["settings"].min_n)


def _form() -> ExportForm:
    form = ExportForm(request.args)
    codes = db.session.scalars(select(Questionnaire).order_by(Questionnaire.code)).all()
    form.questionnaire.choices = [SelectChoice(q.code, title) for q in codes if (title := _title(q))]
    form.language.data = form.language.data or locale()
    return form


def _title(questionnaire: Questionnaire) -> str | None:
    """None when it was never published."""
    newest = issued_versions(questionnaire.id)[:1]
    return definition_of(newest[0]).title.say(locale()) if newest else None
