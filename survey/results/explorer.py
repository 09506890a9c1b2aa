"""What is done with the comments that are listed: correct their labels, take them out as a file."""

from __future__ import annotations

import tempfile
import uuid

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import audit
from survey.access import Act, required
from survey.errors import Missing
from survey.extensions import db
from survey.figures import comments
from survey.figures.comment_topics import known_topics, topics_of
from survey.names import SENTIMENTS, topic_name
from survey.processing.relabelling import OPINIONS
from survey.results import comment_table, correcting, reading
from survey.results.forms import CommentForm
from survey.results.framing import kept, settings, thing
from survey.results.opening import figures_of
from survey.results.view import View
from survey.table_files import csv_pieces, write_xlsx

blueprint = Blueprint("explorer", __name__, url_prefix="/results/comments")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.post("/<uuid:response_id>/<code>/label")
@required(Act.LABEL_COMMENTS)
def label(response_id: uuid.UUID, code: str) -> Response | AnyResponse:
    """One label, or `undo`; as JSON for the page's script, else back to where the comment stands."""
    done = correcting.correct(current_user, response_id, code, request.form.get("label", ""))
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(_state(response_id, code, done))
    flash(_("The label is changed.") if done else _("There is no label of yours to take back."), "success")
    return redirect(f"{_back()}#c-{response_id.hex}-{code}", 303)


@blueprint.route("/<uuid:response_id>/<code>/topics", methods=["GET", "POST"])
@required(Act.LABEL_COMMENTS)
def topics(response_id: uuid.UUID, code: str) -> str | AnyResponse:
    """What one comment is about: a choice for each topic, or `undo`."""
    if request.method != "POST":
        return _topics_page(response_id, code)
    done = correcting.correct_topics(current_user, (response_id, code), request.form)
    db.session.commit()
    said = _("The topics are changed.") if done else _("There are no topics of yours to take back.")
    flash(said, "success" if done else "error")
    return redirect(f"{_back()}#c-{response_id.hex}-{code}", 303)


def _topics_page(response_id: uuid.UUID, code: str) -> str:
    found = comments.one(current_user, response_id, code)
    if found is None:
        raise Missing
    has = {felt.topic: felt.label for felt in topics_of([found.key]).get(found.key, ())}
    offered = [*known_topics(), *(topic for topic in has if topic not in known_topics())]
    return render_template(
        "results/correct_topics.html",
        comment=found.comment,
        readable=correcting.readable(found, settings().min_n),
        lang=reading.lang,
        has=has,
        offered=[(topic, topic_name(topic)) for topic in offered],
        labels=[label for label in OPINIONS if label != "undecided"],
        prefix=correcting.PREFIX,
        given=correcting.topics_standing([found]).get(found.key),
        query=request.args.get("query", ""),
        back=f"{_back()}#c-{response_id.hex}-{code}",
    )


def _state(response_id: uuid.UUID, code: str, done: bool) -> dict[str, object]:
    found = comments.one(current_user, response_id, code)
    label = found.comment.label if found else ""
    holds = correcting.standing([found]).get((response_id, code)) if found else None
    by = _("Corrected by %(name)s", name=holds.by.name) if holds else ""
    said = "" if done else _("There is no label of yours to take back.")
    return {"label": label, "name": str(SENTIMENTS.get(label, "")), "by": by, "said": said}


def _back() -> str:
    """The same selection of comments."""
    return url_for("results.comments", **kept(request.values.get("query", "")))


def _note_export(view: View) -> None:
    days = {"from": view.filters.first_on, "to": view.filters.last_on, "format": _kind()}
    audit.saw(audit.Deed.EXPORTED, thing("comments", view), days)


def _kind() -> str:
    return "xlsx" if request.args.get("format") == "xlsx" else "csv"


@blueprint.get("/file")
@required(Act.EXPORT)
@figures_of(CommentForm, note=_note_export)
def file(form: CommentForm, view: View) -> Response:
    """The comments that the page lists under the same address, all of them."""
    first, last = view.filters.first_on, view.filters.last_on
    name = f"{view.questionnaire.code}-comments-{first}-{last}.{_kind()}"
    head, rows = comment_table.header(view), comment_table.rows(view, form)
    if _kind() == "csv":
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        pieces = stream_with_context(csv_pieces(head, rows))
        return Response(pieces, content_type="text/csv; charset=utf-8", headers=disposition)
    written = tempfile.TemporaryFile()  # noqa: SIM115 closed, and so removed, when it has been sent
    write_xlsx(written, [(_("Comments"), head, rows)])
    written.seek(0)
    return send_file(written, XLSX, as_attachment=True, download_name=name)
