"""What became of somebody's answers: the case, for the person who holds the receipt."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Response as Page
from flask import redirect, request, url_for
from flask_babel import gettext as _

from survey import audit
from survey.cases import talking
from survey.errors import DomainError
from survey.extensions import db
from survey.locales import say
from survey.models import Case, CaseState, Response, Unit
from survey.processing import withdrawing
from survey.questions.definition import definition_of
from survey.respond import languages, limits, pages
from survey.respond.secrets import secret

LONGEST = 2000  # characters
_LOOKED_AFTER = (CaseState.ACKNOWLEDGED, CaseState.IN_PROGRESS)


def show(stored: Response, problem: Any = None, typed: str = "") -> Page:
    locale = _locale(stored)
    case = talking.case_of(stored.id)
    given = {
        "stored": stored,
        "case": case,
        "standing": _standing(case),
        "ended": case is not None and case.state in talking.ENDED,
        "talk": talking.talk(case, stored.id) if case else [],
        "unit": say(db.session.get_one(Unit, stored.unit_id).names, locale),
        "reached": bool(withdrawing.ways(stored)),
        "sure": sure(stored.receipt),
        "longest": LONGEST,
    }
    return pages.following(stored, locale, problem, typed, given)


def act(stored: Response) -> Page:
    """Writes, rates or objects; whatever goes wrong is told above the words that were typed."""
    limits.talk()
    _locale(stored)
    typed = request.form.get("text", "")
    if not hmac.compare_digest(_sent("sure").encode("utf-8", "replace"), sure(stored.receipt).encode()):
        return show(stored, _("Please send it again."), typed)
    if len(typed) > LONGEST:
        return show(stored, _("Please shorten this to %(most)s characters.", most=LONGEST), typed)
    try:
        with audit.acting(audit.RESPONDENT):
            _done(stored, typed)
            db.session.commit()
    except DomainError as error:
        db.session.rollback()
        return show(stored, error.message, typed)
    return redirect(url_for("respond.follow", receipt=stored.receipt), 303)  # type: ignore[return-value]


def _done(stored: Response, typed: str) -> None:
    if "withdraw" in request.form:
        talking.withdraw(stored)
        return
    case = talking.case_of(stored.id)
    if case is None:
        talking.begin(stored, typed)
    elif "rating" in request.form:
        rating = _sent("rating")
        talking.judge(case, int(rating) if rating in ("1", "2", "3", "4", "5") else 0, typed)
    elif "refuse" in request.form:
        talking.refuse(case, stored.id, typed)
    else:
        talking.hear(case, stored.id, typed)


def sure(receipt: str) -> str:
    """What only our own page can send back."""
    return hmac.new(secret("follow").encode(), receipt.encode(), "sha256").hexdigest()


def _sent(name: str) -> str:
    return request.form.get(name, "")


def _locale(stored: Response) -> str:
    definition = definition_of(stored.version)
    wanted = [request.args.get("lang"), stored.locale]
    locale = languages.chosen(wanted, stored.locale, definition.languages)
    pages.use_locale(locale)
    return locale


def _standing(case: Case | None) -> str:
    """Where it stands, as a customer asks it."""
    if case is None:
        return "none"
    if case.state in talking.ENDED:
        return "ended"
    if case.state == CaseState.WAITING:
        return "waiting"
    return "looked_after" if case.state in _LOOKED_AFTER else "received"
