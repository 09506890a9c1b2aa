"""A person's notices and choices, and the page on which a respondent says: no more."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import auth_required, current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField, SubmitField

from survey import audit
from survey.channels import CHANNELS, EMAIL, SMS
from survey.errors import DomainError
from survey.extensions import csrf, db
from survey.models import MessageChoice, User
from survey.outbox import keeping, queries, unsubscribing
from survey.outbox.parcels import chosen_address
from survey.translation import locale, use_locale

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
no_more = Blueprint("no_more", __name__)


class ChoiceForm(FlaskForm):
    by_mail = BooleanField(_l("Also by e-mail"))
    number = StringField(
        _l("Mobile number for text messages"),
        description=_l("Only urgent matters come as text messages. Leave it empty for none."),
        render_kw={"inputmode": "tel", "autocomplete": "tel", "maxlength": "20"},
    )
    submit = SubmitField(_l("Save"))


def _base() -> str:
    base: str = current_app.extensions["settings"].base_url
    return base


@blueprint.app_context_processor
def _bell() -> dict[str, Any]:
    return {"unread_notices": lambda: queries.unread(current_user)}


@blueprint.get("")
@auth_required("session")
def index() -> str:
    asked = request.args.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 and int(asked) else 1
    found, more = queries.notices(current_user, locale(), _base(), page)
    return render_template("messages/notices.html", notices=found, more=more, page=page)


@blueprint.post("/read")
@auth_required("session")
def read() -> Response:
    keeping.mark_read(current_user)
    db.session.commit()
    return redirect(url_for("notices.index"))


@blueprint.post("/<uuid:number>/open")
@auth_required("session")
def open_one(number: uuid.UUID) -> Response:
    """Marks the notice as read and leads to what it speaks of."""
    link = queries.link_of(queries.notice(current_user, number), _base())
    keeping.mark_read(current_user, number)
    db.session.commit()
    return redirect(link or url_for("notices.index"))


@blueprint.route("/choices", methods=["GET", "POST"])
@auth_required("session")
def choices() -> str | Response:
    kept = {name: db.session.get(MessageChoice, (current_user.id, name)) for name in (EMAIL, SMS)}
    by_mail, sms = kept[EMAIL], kept[SMS]
    form = ChoiceForm(by_mail=by_mail is None or by_mail.wanted, number=chosen_address(sms) if sms else "")
    if form.validate_on_submit():
        try:
            keeping.choose(current_user, form.by_mail.data, form.number.data or "")
            person: User = current_user._get_current_object()
            audit.record(audit.Deed.CHANGED, person, {"also": ["messages"]})
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("notices.choices"))
        except DomainError as error:
            db.session.rollback()
            form.number.errors = [str(error)]
    ready = {name: CHANNELS[name].ready() for name in (EMAIL, SMS)}
    return render_template("messages/choices.html", form=form, ready=ready)


@no_more.route("/no-more/<token>", methods=["GET", "POST"])
@csrf.exempt  # a mail program posts here by itself: RFC 8058; the address is the proof
def unsubscribe(token: str) -> str:
    message = unsubscribing.message_of(token)
    use_locale(message.locale)
    done = request.method == "POST"
    if done:
        unsubscribing.end(message)
        db.session.commit()
    return render_template("messages/no_more.html", done=done, token=token)
