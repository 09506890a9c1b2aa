"""For administrators: the words of messages in each language, with a preview."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from survey import audit
from survey.access import Act, required
from survey.errors import DomainError, Missing
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import MessageText
from survey.outbox import registry
from survey.outbox.registry import Template
from survey.outbox.words import Words, check, fill, own, words

blueprint = Blueprint("message_texts", __name__, url_prefix="/messages/texts")


class WordsForm(FlaskForm):
    subject = StringField(_l("Subject"), render_kw={"maxlength": "300"})
    body = TextAreaField(_l("Text"), render_kw={"rows": "12"})

    @property
    def words(self) -> Words:
        lines = (self.body.data or "").replace("\r\n", "\n").strip()
        return Words(" ".join((self.subject.data or "").split()), lines)


@blueprint.get("")
@required(Act.ADMINISTER)
def index() -> str:
    written = {(row.template, row.locale) for row in db.session.scalars(select(MessageText))}
    edited = [template for template in registry.every() if not template.fixed]
    return render_template("messages/texts.html", templates=edited, written=written)


@blueprint.route("/<name>/<language>", methods=["GET", "POST"])
@required(Act.ADMINISTER)
def edit(name: str, language: str) -> str | Response:
    template = _template(name, language)
    found = words(template, language)
    form = WordsForm(subject=found.subject, body=found.body)
    shown = found
    if form.validate_on_submit():
        if request.form.get("own"):
            return _kept(template, language, None)
        try:
            check(template, form.words)
            shown = form.words
            if request.form.get("store"):
                return _kept(template, language, shown)
        except DomainError as error:
            db.session.rollback()
            form[error.field or "body"].errors = [str(error)]
    return render_template(
        "messages/words.html",
        form=form,
        template=template,
        language=language,
        own=own(template, language),
        preview=Words(fill(shown.subject, template.sample), fill(shown.body, template.sample)),
    )


def _template(name: str, language: str) -> Template:
    try:
        found = registry.named(name)
    except registry.UnknownTemplate:
        raise Missing from None
    if found.fixed or language not in LOCALES:
        raise Missing
    return found


def _kept(template: Template, language: str, given: Words | None) -> Response:
    """None, or the template's own words, bring back the original."""
    row = db.session.get(MessageText, (template.name, language))
    if given is None or given == own(template, language):
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(
            MessageText(template=template.name, locale=language, subject=given.subject, body=given.body)
        )
    else:
        row.subject, row.body = given.subject, given.body
    details = {"subject": given.subject} if given else {"original": True}
    audit.record(audit.Deed.CHANGED, audit.Thing("message_text", f"{template.name}.{language}"), details)
    db.session.commit()
    flash(_("Saved.") if given else _("The original is back."), "success")
    return redirect(url_for("message_texts.edit", name=template.name, language=language))
