"""What respondents may do with their receipt: see their answers, and delete them. The receipt is the only key."""

from __future__ import annotations

import hmac

from flask import Response as Page
from flask import redirect, request, url_for
from flask_babel import gettext as _

from survey import audit, clock
from survey.extensions import db
from survey.models import Response
from survey.processing import erasing, subject
from survey.questions.definition import Definition, definition_of
from survey.respond import languages, limits, pages, queries
from survey.respond.secrets import secret, settings


def ask() -> Page:
    """A page to type a receipt into."""
    locale = languages.asked(request.args.get("lang"))
    typed = request.form.get("receipt", "")
    if request.method == "POST":
        limits.may_guess()
        receipt = subject.tidy_receipt(typed)
        if queries.by_receipt(receipt):
            return redirect(url_for("respond.answers", receipt=receipt), 303)  # type: ignore[return-value]
        limits.wrong_guess()
    return pages.receipt_asked(locale, typed, 404 if request.method == "POST" else 200)


def show(stored: Response) -> Page:
    definition, locale = _read(stored)
    lines = subject.answers(stored, locale, removed=_("(your text is no longer kept)"))
    return pages.own(stored, definition, locale, lines)


def sure(receipt: str) -> str:
    """What only our own page that asks once more can send back."""
    return hmac.new(secret("erase").encode(), receipt.encode(), "sha256").hexdigest()


def confirm(stored: Response) -> Page:
    _definition, locale = _read(stored)
    return pages.erase_asked(stored, locale, sure(stored.receipt))


def erase(stored: Response) -> Page:
    if not hmac.compare_digest(
        request.form.get("sure", "").encode("utf-8", "replace"), sure(stored.receipt).encode()
    ):
        return confirm(stored)
    _definition, locale = _read(stored)
    with audit.acting(audit.RESPONDENT):
        erasing.erase([stored.id], clock.today(settings().timezone))
        db.session.commit()
    heading = _("Your answers are deleted")
    text = _(
        "They no longer count in any figure. Traces in files are removed within a day, copies in backups when "
        "these are replaced. This receipt opens nothing any more."
    )
    return pages.note(200, locale, heading, text)


def _read(stored: Response) -> tuple[Definition, str]:
    definition = definition_of(stored.version)
    wanted = [request.args.get("lang"), stored.locale]
    locale = languages.chosen(wanted, stored.locale, definition.languages)
    pages.use_locale(locale)
    return definition, locale
