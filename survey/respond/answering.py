"""One request of a respondent, from what was sent to the page that answers it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from flask import Response, request, url_for
from flask_babel import lazy_gettext as _l

from survey import clock, metrics
from survey.bell import bell
from survey.errors import DomainError
from survey.extensions import db, reading
from survey.models import Channel
from survey.respond import begun, keys, languages, pages, queries
from survey.respond.begun import Cell
from survey.respond.keys import FormKey
from survey.respond.openings import Opening, State
from survey.respond.pages import Visit
from survey.respond.secrets import secret, settings
from survey.respond.service import KeySpent, Receipt, Submission, submit, submit_invited
from survey.respond.steps import KEY, SWITCH, Course

LOST_KEY = _l(
    "This page was changed or belongs to another survey. Your answers are kept: please send them again."
)

BEGUN = "_begun"  # a field of forms whose first touch was told
_PLACE = "where-a-receipt-is"  # longer than any code of a link


def look(opening: Opening, kiosk_code: str | None) -> Response:
    """The empty form, or why there is none."""
    state = opening.state(clock.now())
    if state != State.OPEN:
        return _not_open(opening, state, None, kiosk_code)
    visit = _visit(opening, None, kiosk_code, request.args.get("lang"))
    return pages.blank(visit, _sign(_fresh(visit)))


def answer(opening: Opening, kiosk_code: str | None) -> Response:
    """A sent form: a further step, a complaint, or the way to the receipt."""
    with reading():
        key = _sent_key(opening)
        state = opening.state(clock.now(), key.rendered_at if key else None)
        if state != State.OPEN:
            return _not_open(opening, state, key, kiosk_code)
        visit = _visit(opening, key, kiosk_code, request.form.get(SWITCH))
        course = Course(visit.definition, request.form)
    if key is None:
        return pages.form(visit, course.here(), _sign(_fresh(visit)), request.form, problem=LOST_KEY)
    if key.locale != visit.locale:
        key = replace(key, locale=visit.locale)
    step = course.here() if SWITCH in request.form else course.next()
    if not step.finished:
        return pages.form(visit, step, _sign(key), request.form)
    return _submitted(visit, course, key)


def begin(opening: Opening, kiosk_code: str | None) -> Response:
    """The first touch of a form, told by the page itself; programs that only follow links do not."""
    with reading():
        key = _sent_key(opening)
        now = clock.now()
        state = opening.state(now, key.rendered_at if key else None)
    if key and state == State.OPEN:
        _count_begun(opening, kiosk_code)
    return Response(status=204, headers={"Cache-Control": "no-store"})


def _count_begun(opening: Opening, kiosk_code: str | None) -> None:
    channel = Channel.KIOSK if kiosk_code else opening.channel
    today = clock.today(settings().timezone)
    begun.count(Cell(opening.questionnaire_id, today, opening.unit_id, opening.service_type_id, channel))


def _submitted(visit: Visit, course: Course, key: FormKey) -> Response:
    sent = _submission(visit, course, key)
    if db.session.registry.has():
        db.session.rollback()  # whatever was read before must not hold SQLite's lock now
    try:
        receipt = _stored(sent, settings().timezone)
    except KeySpent as error:
        metrics.refused.inc()
        return pages.form(visit, course.here(), _sign(_fresh(visit)), request.form, problem=error.message)
    except DomainError:
        metrics.refused.inc()
        return pages.closed(visit.opening, State.USED, visit.locale)
    (metrics.again if receipt.again else metrics.stored).inc()
    if not receipt.again and BEGUN not in request.form:
        _count_begun(visit.opening, visit.kiosk_code)
    bell.ring()
    return _to(receipt, visit.kiosk_code)


def _stored(sent: Submission, timezone: str) -> Receipt:
    """Returns when the response is committed; only then it is acknowledged."""
    invitation = sent.opening.invitation_id
    if invitation is None:
        return submit(sent, timezone)
    with db.engine.begin() as connection:
        return submit_invited(connection, sent, invitation, timezone)


def _submission(visit: Visit, course: Course, key: FormKey) -> Submission:
    return Submission(
        opening=visit.opening,
        version_id=visit.version_id,
        anonymous=visit.definition.privacy.anonymous,
        idempotency_key=key.idempotency,
        receipt=_receipt(key),
        rendered_at=key.rendered_at,
        channel=Channel.KIOSK if visit.kiosk_code else visit.opening.channel,
        locale=visit.locale,
        answers=course.form.answers,
        consented=course.form.consented,
        consent_hash=visit.definition.consent_hashes[visit.locale],
    )


def _visit(opening: Opening, key: FormKey | None, kiosk_code: str | None, asked: str | None) -> Visit:
    """A form is answered in the version it was rendered from; new ones get the published version."""
    version_id, checksum = opening.version_id or 0, opening.checksum or ""
    if key and key.version_id != version_id:
        version_id = key.version_id
        checksum = queries.checksum_of(version_id, opening.questionnaire_id) or ""
    offered = queries.definition(version_id, checksum).languages
    locale = languages.asked(asked, key.locale if key else None, opening.locale, offered=offered)
    return Visit(opening, version_id, checksum, locale, kiosk_code)


def _not_open(opening: Opening, state: State, key: FormKey | None, kiosk_code: str | None) -> Response:
    """What was stored while it was open is still answered with its receipt."""
    stored = None
    if key or state == State.USED:
        with db.engine.connect() as connection:
            used = opening.invitation_id if state == State.USED else None
            stored = queries.stored_before(connection, key.idempotency if key else "", _receipt(key), used)
    if stored and key:
        return _to(Receipt(stored.receipt), kiosk_code)
    locale = languages.asked(request.args.get("lang"), key.locale if key else None, opening.locale)
    return pages.closed(opening, state, locale, stored.receipt if stored else None)


def _to(receipt: Receipt, kiosk_code: str | None) -> Response:
    """The receipt has an address of its own, so that loading it again sends nothing."""
    address = _address(request.script_root, kiosk_code).replace(_PLACE, receipt.code)
    if receipt.changed:
        address += "?changed=1"
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


@lru_cache(maxsize=512)
def _address(_root: str, kiosk_code: str | None) -> str:
    """Where receipts are shown; the same for all, so that it need not be made anew for each."""
    if kiosk_code:
        return url_for("respond.kiosk_receipt", code=kiosk_code, receipt=_PLACE)
    return url_for("respond.receipt", receipt=_PLACE)


def _fresh(visit: Visit) -> FormKey:
    return keys.fresh(visit.opening.name, visit.version_id, clock.now(), visit.locale)


def _sign(key: FormKey) -> str:
    return keys.sign(key, secret("form key"))


def _receipt(key: FormKey | None) -> str:
    return keys.receipt_of(key.idempotency, secret("receipt")) if key else ""


def _sent_key(opening: Opening) -> FormKey | None:
    """The form's key, if it was made here for this very link or invitation."""
    key = keys.read(request.form.get(KEY, ""), secret("form key"))
    if key is None or key.opening != opening.name:
        return None
    if key.version_id == opening.version_id:
        return key
    checksum = queries.checksum_of(key.version_id, opening.questionnaire_id)
    return key if checksum and _same_promise(key.version_id, checksum, opening) else None


def _same_promise(version_id: int, checksum: str, opening: Opening) -> bool:
    """Before the first response another promise of anonymity may be published: then it is that which counts."""
    if opening.version_id is None or opening.checksum is None:
        return True
    now = queries.definition(opening.version_id, opening.checksum)
    return queries.definition(version_id, checksum).privacy.anonymous == now.privacy.anonymous
