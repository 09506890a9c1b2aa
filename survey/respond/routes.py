"""The public pages: open, answer, submit, receipt. No cookie is set and no session is read here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from survey import clock
from survey.bell import bell
from survey.config import Settings
from survey.errors import DomainError
from survey.extensions import db, reading
from survey.models import Channel
from survey.questions.definition import definition_of
from survey.respond import failures, keys, languages, limits, pages, queries, recent
from survey.respond.keys import FormKey
from survey.respond.pages import Visit
from survey.respond.queries import Opening, State
from survey.respond.service import KeySpent, Submission, submit
from survey.respond.steps import KEY, SWITCH, Course

blueprint = Blueprint("respond", __name__)
failures.register(blueprint)

LOST_KEY = _l(
    "This page had been changed or was made for another survey. Your answers are kept: please send again."
)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.route("/s/<code>", methods=["GET", "POST"])
def link(code: str) -> Response:
    return _open(lambda: _link(code))


@blueprint.route("/k/<code>", methods=["GET", "POST"])
def kiosk(code: str) -> Response:
    """A link on a device that many people use one after the other."""
    return _open(lambda: _link(code), kiosk=True)


def _link(code: str) -> Opening | None:
    return queries.by_code(code) if request.method == "POST" else recent.by_code(code)


@blueprint.route("/i/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Response:
    return _open(lambda: queries.by_token(token))


@blueprint.get("/receipt/<receipt>")
def receipt(receipt: str) -> Response:
    return _receipt(receipt, None)


@blueprint.get("/k/<code>/receipt/<receipt>")
def kiosk_receipt(code: str, receipt: str) -> Response:
    return _receipt(receipt, url_for("respond.kiosk", code=code))


def _receipt(code: str, start: str | None) -> Response:
    stored = queries.by_receipt(code)
    if stored is None:
        limits.wrong_address()
        return pages.unknown(_locale())
    definition = definition_of(stored.version)
    locale = languages.chosen([request.args.get("lang"), stored.locale], stored.locale, definition.languages)
    return pages.receipt(stored, definition, locale, "changed" in request.args, start)


def _locale(*wanted: str | None, offered: Any = languages.LOCALES) -> str:
    browser = [tag for tag, _quality in request.accept_languages]
    return languages.chosen([*wanted, *browser], _settings().locale, offered)


def _open(find: Callable[[], Opening | None], kiosk: bool = False) -> Response:
    if request.method == "POST":
        limits.submission()
    with reading():
        opening = find()
        if opening is None:
            limits.wrong_address()
            return pages.unknown(_locale(request.args.get("lang")))
        key = _sent_key(opening) if request.method == "POST" else None
        state = opening.state(clock.now(), key.rendered_at if key else None)
        if state != State.OPEN:
            return _not_open(opening, state, key, kiosk)
        visit = _visit(opening, key, kiosk)
        if request.method != "POST":
            return pages.blank(visit, _sign(_fresh(visit)))
        course = Course(visit.definition, request.form)
        db.session.rollback()
    return _next(visit, course, key)


def _visit(opening: Opening, key: FormKey | None, kiosk: bool) -> Visit:
    """A form is answered in the version it was rendered from; new ones get the published version."""
    version_id, checksum = opening.version_id or 0, opening.checksum or ""
    if key and key.version_id != version_id:
        version_id = key.version_id
        checksum = queries.checksum_of(version_id, opening.questionnaire_id) or ""
    offered = queries.definition(version_id, checksum).languages
    switched = request.form.get(SWITCH) if request.method == "POST" else request.args.get("lang")
    locale = _locale(switched, key.locale if key else None, opening.locale, offered=offered)
    return Visit(opening, version_id, checksum, locale, kiosk)


def _next(visit: Visit, course: Course, key: FormKey | None) -> Response:
    sent = request.form
    if key is None:
        return pages.form(visit, course.here(), _sign(_fresh(visit)), sent, problem=LOST_KEY)
    again = FormKey(key.opening, key.version_id, key.idempotency, key.rendered_at, visit.locale)
    if SWITCH in sent:
        return pages.form(visit, course.here(), _sign(again), sent)
    step = course.next()
    if not step.finished:
        return pages.form(visit, step, _sign(again), sent)
    try:
        stored = submit(_submission(visit, course, key), _settings().timezone)
        db.session.commit()
    except KeySpent as error:
        db.session.rollback()
        return pages.form(visit, course.here(), _sign(_fresh(visit)), sent, problem=error.message)
    except DomainError:
        db.session.rollback()
        return pages.closed(visit.opening, State.USED, visit.locale)
    bell.ring()
    return _to_receipt(stored.code, stored.changed, visit.kiosk)


def _submission(visit: Visit, course: Course, key: FormKey) -> Submission:
    return Submission(
        opening=visit.opening,
        version_id=visit.version_id,
        anonymous=visit.definition.privacy.anonymous,
        idempotency_key=key.idempotency,
        receipt=keys.receipt_of(key.idempotency, _settings().derived("receipt")),
        rendered_at=key.rendered_at,
        channel=Channel.KIOSK if visit.kiosk else visit.opening.channel,
        locale=visit.locale,
        answers=course.form.answers,
        consented=course.form.consented,
    )


def _not_open(opening: Opening, state: State, key: FormKey | None, kiosk: bool) -> Response:
    """What was stored while it was open is still answered with its receipt."""
    stored = queries.stored_for_key(key.idempotency) if key else None
    if stored is None and state == State.USED:
        stored = queries.stored_for_invitation(opening.invitation_id)
    if stored and key:
        return _to_receipt(stored.receipt, False, kiosk)
    locale = _locale(request.args.get("lang"), key.locale if key else None, opening.locale)
    return pages.closed(opening, state, locale, stored.receipt if stored else None)


def _to_receipt(code: str, changed: bool, kiosk: bool) -> Response:
    given = {"changed": 1} if changed else {}
    if kiosk:
        address = url_for(
            "respond.kiosk_receipt", code=(request.view_args or {})["code"], receipt=code, **given
        )
    else:
        address = url_for("respond.receipt", receipt=code, **given)
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _fresh(visit: Visit) -> FormKey:
    return keys.fresh(visit.opening.name, visit.version_id, clock.now(), visit.locale)


def _sign(key: FormKey) -> str:
    return keys.sign(key, _settings().derived("form key"))


def _sent_key(opening: Opening) -> FormKey | None:
    """The form's key, if it was made here for this very link or invitation."""
    key = keys.read(request.form.get(KEY, ""), _settings().derived("form key"))
    if key is None or key.opening != opening.name:
        return None
    known = key.version_id == opening.version_id or queries.checksum_of(
        key.version_id, opening.questionnaire_id
    )
    return key if known else None
