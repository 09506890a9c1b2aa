"""Writing a definition as JSON: a file or text, with its errors beside it and nothing typed lost."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from survey.access import Act, required
from survey.design import queries, service
from survey.design.forms import DefinitionForm
from survey.design.lines import Lines
from survey.design.reading import read_document
from survey.design.routes import blueprint
from survey.design.source import DefinitionErrors, Flaw
from survey.errors import Conflict
from survey.extensions import db


@blueprint.route("/_new", methods=["GET", "POST"])
@required(Act.DESIGN)
def new() -> str | Response:
    return _write(DefinitionForm(), None)


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@required(Act.DESIGN)
def edit(code: str) -> str | Response:
    """The draft; without one, the published version as the beginning of a draft."""
    found = queries.questionnaire(code)
    form = DefinitionForm()
    if not form.is_submitted():
        form.text.data = queries.source(found.draft or queries.shown(found))
    return _write(form, code)


def _write(form: DefinitionForm, code: str | None) -> str | Response:
    flaws: list[tuple[Flaw, str]] = []
    more = 0
    if form.validate_on_submit():
        source = form.source()
        try:
            return _save(source, code)
        except DefinitionErrors as error:
            db.session.rollback()
            form.text.data = source.decode("utf-8-sig", "replace")
            lines = form.text.data.split("\n")
            flaws = [(flaw, lines[flaw.line - 1].strip() if flaw.line else "") for flaw in error.flaws]
            more = error.more
    return render_template("design/write.html", form=form, flaws=flaws, more=more, code=code)


def _save(source: bytes, code: str | None) -> Response:
    document = read_document(source)
    given = document["code"]
    line = Lines(source.decode("utf-8-sig")).at(["code"])
    if code is not None and given != code:
        message = _("The code must stay “%(code)s”; another code is another questionnaire.", code=code)
        raise DefinitionErrors([Flaw("code", line, message)])
    if code is None and given in queries.codes():
        message = _(
            "“%(code)s” is here already. Open it and edit it there, or choose another code.", code=given
        )
        raise DefinitionErrors([Flaw("code", line, message)])
    try:
        version = service.save_draft(document)
        db.session.commit()
    except IntegrityError:
        raise Conflict(_("Somebody else saved a questionnaire with this code at the same moment.")) from None
    flash(_("Saved as draft, version %(number)s.", number=version.number), "success")
    return redirect(url_for(".show", code=given))
