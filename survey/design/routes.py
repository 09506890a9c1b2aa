"""Questionnaires: the list, the library, one with its versions, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required
from survey.design import library, queries, service
from survey.design.reading import missing_translations, read_document
from survey.errors import Conflict, DomainError, Missing
from survey.extensions import db
from survey.models import Questionnaire, Version
from survey.processing import retention
from survey.questions.definition import definition_of

# Addresses that begin with _ cannot be the code of a questionnaire.
blueprint = Blueprint("design", __name__, url_prefix="/questionnaires")


@blueprint.get("")
@required(Act.READ_QUESTIONNAIRES)
def index() -> str:
    return render_template("design/index.html", listed=queries.questionnaires())


@blueprint.get("/_library")
@required(Act.READ_QUESTIONNAIRES)
def shelf() -> str:
    shipped = [library.definition(code) for code in library.codes()]
    return render_template("design/shelf.html", shipped=shipped, here=queries.codes())


@blueprint.post("/_library/<code>")
@required(Act.DESIGN)
def take(code: str) -> AnyResponse:
    """Starts a questionnaire of one's own from one that ships."""
    document = read_document(library.source(code))
    if code in queries.codes():
        raise Conflict(_l("A questionnaire with this code is here already."))
    service.save_draft(document)
    db.session.commit()
    flash(_("It is a draft now. Publish it when you have looked at it."), "success")
    return redirect(url_for(".show", code=code))


@blueprint.get("/<code>")
@required(Act.READ_QUESTIONNAIRES)
def show(code: str) -> str:
    found = queries.questionnaire(code)
    shown = queries.shown(found)
    definition = definition_of(found.draft or shown)
    return render_template(
        "design/show.html",
        questionnaire=found,
        title=definition_of(shown).title,
        status=queries.status_of(found),
        definition=definition,
        missing=missing_translations(definition),
        publishers=queries.publishers(found.versions),
        due=retention.dues(
            found.id,
            found.responses_kept_months,
            found.comments_kept_months,
            clock.today(current_app.extensions["settings"].timezone),
            current_user,
        ),
    )


def _publish(questionnaire: Questionnaire) -> str:
    service.publish(_draft_of(questionnaire), current_user.id)
    return _("Published. New respondents get this version.")


def _delete(questionnaire: Questionnaire) -> str:
    service.delete_draft(_draft_of(questionnaire))
    return _("The draft is deleted.")


def _retire(questionnaire: Questionnaire) -> str:
    service.retire(questionnaire)
    return _("Retired. Its links take no more answers; what was answered stays.")


def _bring_back(questionnaire: Questionnaire) -> str:
    service.bring_back(questionnaire)
    return _("It is in use again.")


def _draft_of(questionnaire: Questionnaire) -> Version:
    if questionnaire.draft is None:
        raise Conflict(_l("There is no draft; perhaps somebody else published or deleted it."))
    return questionnaire.draft


ACTS: dict[str, Callable[[Questionnaire], str]] = {
    "publish": _publish,
    "delete-draft": _delete,
    "retire": _retire,
    "bring-back": _bring_back,
}


@blueprint.post("/<code>/<any('publish', 'delete-draft', 'retire', 'bring-back'):act>")
@required(Act.DESIGN)
def do(code: str, act: str) -> AnyResponse:
    try:
        flash(ACTS[act](queries.questionnaire(code)), "success")
        db.session.commit()
    except Missing:
        raise
    except (DomainError, IntegrityError) as error:
        db.session.rollback()
        flash(str(error) if isinstance(error, DomainError) else _("Somebody else was faster."), "error")
    return redirect(url_for(".show", code=code) if code in queries.codes() else url_for(".index"))


@blueprint.get("/<code>/versions/<int:number>.json")
@required(Act.READ_QUESTIONNAIRES)
def download(code: str, number: int) -> Response:
    source = queries.source(queries.version(code, number))
    name = f"{code}-{number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(source, mimetype="application/json", headers=headers)
