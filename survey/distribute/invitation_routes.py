"""The pages on which personal invitations are made and their links are downloaded."""

from __future__ import annotations

import io
import tempfile
import uuid
from datetime import timedelta
from typing import IO, Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required
from survey.config import Settings
from survey.distribute import batches, delivery, invitations, issuing, queries, uploads
from survey.distribute.events import COLUMNS, Known, read_events
from survey.distribute.forms import choices, page_number
from survey.distribute.invitation_forms import DeliveryForm, IssueForm, UploadForm
from survey.errors import Invalid
from survey.extensions import db
from survey.form_errors import blame
from survey.models import Batch, Channel, Upload
from survey.translation import locale

blueprint = Blueprint("invitations", __name__, url_prefix="/invitations")
_IN_MEMORY = 2 * 1024 * 1024  # bytes of a download; a larger one waits in a temporary file


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _known() -> Known:
    return batches.known(current_user, _settings().timezone, clock.now())


@blueprint.get("")
@required(Act.DISTRIBUTE)
def index() -> str:
    page = page_number()
    found, more = batches.batches(current_user, page)
    return render_template(
        "distribute/batches.html",
        batches=found,
        counts=batches.counts(found, current_user, clock.now(), _settings().min_n),
        newer=url_for(".index", page=page - 1) if page > 1 else None,
        older=url_for(".index", page=page + 1) if more else None,
        title_of=queries.title_of,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@required(Act.DISTRIBUTE)
def new() -> str | tuple[str, int] | AnyResponse:
    form = UploadForm()
    published = queries.published_questionnaires()
    named = [(found.code, queries.title_of(found).say(locale())) for found in published]
    form.questionnaire.choices = choices([("", _("Choose a questionnaire")), *named])
    if form.validate_on_submit():
        try:
            return _keep(form)
        except Invalid as error:
            error.field = error.field or "file"
            blame(form, error)
    page = render_template(
        "distribute/upload.html",
        form=form,
        any_published=bool(published),
        columns=COLUMNS,
        timezone=_settings().timezone,
        example=_example(),
    )
    return (page, 422) if form.errors else page


def _keep(form: UploadForm) -> AnyResponse:
    content = form.file.data.stream.read(uploads.MOST_BYTES + 1)
    options = {
        "questionnaire": form.questionnaire.data,
        "channel": form.channel.data,
        "label": form.label.data or "",
        "days": form.days.data,
    }
    next(read_events(content, _known()), None)  # refuses here, beside the field, what is no such file
    upload = uploads.keep(form.file.data.filename or "", content, options, current_user)
    db.session.commit()
    return redirect(url_for(".check", number=upload.id), 303)


def _example() -> dict[str, str]:
    known = _known()
    return {
        "unit": next(iter(sorted(known.units)), "ward-3"),
        "service_type": next(iter(sorted(known.service_types)), "inpatient"),
    }


@blueprint.get("/check/<uuid:number>")
@required(Act.DISTRIBUTE)
def check(number: uuid.UUID) -> str:
    """What the file would make, and what is wrong in it."""
    upload = uploads.upload_of(current_user, number)
    questionnaire = queries.published_questionnaire(upload.options["questionnaire"])
    return render_template(
        "distribute/check.html",
        upload=upload,
        questionnaire=questionnaire,
        found=invitations.check(uploads.content_of(upload), _known(), questionnaire),
        title_of=queries.title_of,
        timezone=_settings().timezone,
    )


@blueprint.post("/check/<uuid:number>/discard")
@required(Act.DISTRIBUTE)
def discard(number: uuid.UUID) -> AnyResponse:
    db.session.delete(uploads.upload_of(current_user, number))
    db.session.commit()
    return redirect(url_for(".new"), 303)


@blueprint.post("/check/<uuid:number>")
@required(Act.DISTRIBUTE)
def make(number: uuid.UUID) -> AnyResponse:
    upload = uploads.upload_of(current_user, number)
    batch = _batch(upload)
    made = invitations.make(uploads.content_of(upload), _known(), batch)
    if not made.made:
        db.session.rollback()
        flash(_("No invitation was made: all of them were there already."), "warning")
        return redirect(url_for(".index"), 303)
    db.session.delete(upload)
    db.session.commit()
    words = ngettext("%(num)s invitation was made.", "%(num)s invitations were made.", made.made)
    flash(words + " " + _("Now download the links."), "success")
    return redirect(url_for(".show", number=batch.id), 303)


def _batch(upload: Upload) -> Batch:
    now = clock.now()
    return Batch(
        questionnaire=queries.published_questionnaire(upload.options["questionnaire"]),
        label=upload.options["label"],
        channel=Channel(upload.options["channel"]),
        created_at=now,
        expires_at=now + timedelta(days=upload.options["days"]),
        created_by=current_user.id,
    )


@blueprint.get("/<uuid:number>")
@required(Act.DISTRIBUTE)
def show(number: uuid.UUID) -> str:
    return _page(batches.batch_of(current_user, number), IssueForm())


def _page(batch: Batch, form: IssueForm, report: DeliveryForm | None = None) -> str:
    counts = batches.counts([batch], current_user, clock.now(), _settings().min_n)
    return render_template(
        "distribute/batch.html",
        batch=batch,
        counts=counts[batch.id],
        anonymous=batches.is_anonymous(batch),
        form=form,
        report=report or DeliveryForm(formdata=None),
        reported=delivery.reported(batch, batches.mine(current_user)),
        title_of=queries.title_of,
        timezone=_settings().timezone,
    )


@blueprint.post("/<uuid:number>/delivery")
@required(Act.DISTRIBUTE)
def report(number: uuid.UUID) -> AnyResponse | tuple[str, int]:
    """What became of the messages, by the file of whoever sent them."""
    batch = batches.batch_of(current_user, number)
    form = DeliveryForm()
    if form.validate_on_submit():
        content = form.file.data.stream.read(delivery.MOST_BYTES + 1)
        try:
            taken = delivery.take(batch, content, batches.mine(current_user))
            db.session.commit()
            words = _("%(n)s invitations are reported on.", n=taken.reported)
            if taken.unknown:
                words += " " + _("%(n)s rows name no invitation of this batch, or several.", n=taken.unknown)
            flash(words, "success")
            return redirect(url_for(".show", number=batch.id), 303)
        except Invalid as error:
            blame(form, error)
    return _page(batch, IssueForm(formdata=None), form), 422


@blueprint.post("/<uuid:number>/links")
@required(Act.DISTRIBUTE)
def links(number: uuid.UUID) -> Response | tuple[str, int]:
    """New links for the invitations, as a download. Those given out before die, so it asks."""
    batch = batches.batch_of(current_user, number)
    form = IssueForm()
    if batch.issued_at is not None:
        if form.validate_on_submit() and not form.sure.data:
            form.sure.errors = [_("Please tick this box, or keep the links that you have.")]
        if form.errors:
            return _page(batch, form), 422
        batch.expires_at = clock.now() + timedelta(days=form.days.data or 0)
    file = _written(batch)
    db.session.commit()
    name = f"links-{batch.questionnaire.code}-{clock.today(_settings().timezone)}.csv"
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    answer = send_file(file, "text/csv; charset=utf-8", as_attachment=True, download_name=name)
    answer.content_length = size  # so that a browser knows when the file did not come whole
    return answer


def _written(batch: Batch) -> IO[bytes]:
    """The whole file before the first byte is sent, so that a slow download holds no lock.

    The server closes it when it is sent.
    """
    file: Any = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    whose, everybody, settings = batches.mine(current_user), batches.is_anonymous(batch), _settings()
    issuing.issue(batch, whose, everybody, settings.base_url, settings.timezone, text)
    text.detach()
    opened: IO[bytes] = file
    return opened
