"""The pages of a respondent. Rendered without the staff pages' context, so that nobody's session is looked at."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Response, current_app
from flask_babel import format_datetime
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from survey.locales import LOCALES, NAMES, TAGS
from survey.questions.definition import Definition
from survey.respond import queries
from survey.respond.openings import Opening, State
from survey.respond.steps import Course, Step
from survey.translation import use_locale

KIOSK_RETURN_SECONDS = 12
_MARK = secrets.token_hex(16)  # stands for the form's key in kept pages; unguessable, so no text can hold it

Sent = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Visit:
    """One respondent in front of one form."""

    opening: Opening
    version_id: int
    checksum: str
    locale: str
    kiosk_code: str | None  # on a kiosk, the link's code

    @property
    def definition(self) -> Definition:
        return queries.definition(self.version_id, self.checksum)


def blank(visit: Visit, key: str) -> Response:
    """The form as everybody first sees it: all but its key is kept ready."""
    places = tuple(sorted(visit.opening.places(visit.locale).items()))
    parts = _blank_parts(visit.version_id, visit.checksum, visit.locale, bool(visit.kiosk_code), places)
    # a browser that goes back shows the same form with the same key again; a kiosk must not
    return _response(
        key.encode().join(parts), 200, visit.locale, "no-store" if visit.kiosk_code else "private, no-cache"
    )


@lru_cache(maxsize=512)
def _blank_parts(
    version_id: int, checksum: str, locale: str, kiosk: bool, places: tuple[tuple[str, str], ...]
) -> tuple[bytes, ...]:
    definition = queries.definition(version_id, checksum)
    step = Course(definition, MultiDict()).here()
    html = _form_html(definition, step, locale, kiosk, dict(places), _MARK, MultiDict(), None)
    return tuple(html.encode().split(_MARK.encode()))


def form(visit: Visit, step: Step, key: str, sent: Sent, problem: Any = None) -> Response:
    """A step, with everything that was typed."""
    places = visit.opening.places(visit.locale)
    html = _form_html(
        visit.definition, step, visit.locale, bool(visit.kiosk_code), places, key, sent, problem
    )
    status = 422 if problem or step.errors else 200
    return _response(html.encode("utf-8", "replace"), status, visit.locale)


def _form_html(
    definition: Definition,
    step: Step,
    locale: str,
    kiosk: bool,
    places: Mapping[str, str],
    key: str,
    sent: Sent,
    problem: Any,
) -> str:
    return _html(
        "form",
        locale,
        definition=definition,
        step=step,
        sections=step.sections,
        shown=step.shown,
        errors=step.errors,
        raw=sent,
        places=places,
        key=key,
        kiosk=kiosk,
        problem=problem,
    )


def closed(opening: Opening, state: State, locale: str, receipt: str | None = None) -> Response:
    """Why this address cannot be answered now."""
    use_locale(locale)
    at = format_datetime(opening.opens_at, "long") if opening.opens_at else None
    heading, text, status = {
        State.EARLY: (
            _("Not open yet"),
            _("You can answer from %(at)s on.", at=at) if at else _("Please come back later."),
            403,
        ),
        State.PAUSED: (
            _("Paused"),
            _("This survey takes no answers at the moment. Please come back later."),
            403,
        ),
        State.USED: (
            _("Already answered"),
            _("This personal link was used. Thank you for your answers."),
            410,
        ),
        State.CLOSED: (_("Closed"), _("This survey is over. Thank you for your interest."), 410),
        State.OPEN: ("", "", 200),
    }[state]
    return note(status, locale, heading, text, receipt=receipt)


def unknown(locale: str) -> Response:
    use_locale(locale)
    return note(
        404,
        locale,
        _("No survey here"),
        _("Please check the address: perhaps a letter is missing at its end."),
    )


def note(status: int, locale: str, heading: str, text: Any, **given: Any) -> Response:
    use_locale(locale)
    html = _html("note", locale, heading=heading, text=text, **given)
    return _response(html.encode(), status, locale)


def again(status: int, locale: str, text: Any, sent: Sent | None, seconds: int) -> Response:
    """Not now: a page that holds everything that was sent, ready to be sent once more. Needs no database."""
    use_locale(locale)
    html = _html("again", locale, text=text, sent=list(sent.items(multi=True)) if sent else [])
    answer = _response(html.encode("utf-8", "replace"), status, locale)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def receipt(stored: Any, definition: Definition, locale: str, changed: bool, start: str | None) -> Response:
    """`start` is where a kiosk goes on by itself."""
    use_locale(locale)
    html = _html(
        "receipt",
        locale,
        stored=stored,
        definition=definition,
        changed=changed,
        start=start,
        kiosk=bool(start),
        seconds=KIOSK_RETURN_SECONDS,
    )
    return _response(html.encode(), 200, locale)


def receipt_asked(locale: str, typed: str, status: int) -> Response:
    use_locale(locale)
    html = _html("find", locale, typed=typed, wrong=status != 200)
    return _response(html.encode("utf-8", "replace"), status, locale)


def own(stored: Any, definition: Definition, locale: str, lines: Sequence[Any]) -> Response:
    """The answers of the person who holds the receipt."""
    return _response(
        _html("own", locale, stored=stored, definition=definition, lines=lines).encode(), 200, locale
    )


def following(stored: Any, locale: str, problem: Any, typed: str, given: Mapping[str, Any]) -> Response:
    """What became of the answers, for the person who holds the receipt."""
    html = _html("follow", locale, problem=problem, typed=typed, **given)
    return _response(html.encode("utf-8", "replace"), 422 if problem else 200, locale)


def replies(locale: str, unit: str, told: Sequence[Mapping[str, Any]]) -> Response:
    """What a unit tells everybody."""
    return _response(
        _html("replies", locale, unit=unit, replies=told).encode(), 200, locale, "public, max-age=60"
    )


def erase_asked(stored: Any, locale: str, sure: str) -> Response:
    return _response(_html("erase", locale, stored=stored, sure=sure).encode(), 200, locale)


def _html(template: str, locale: str, **given: Any) -> str:
    use_locale(locale)
    found = current_app.jinja_env.get_template(f"respond/{template}.html")
    return found.render(locale=locale, tags=TAGS, locale_names=NAMES, locales=LOCALES, **given)


def _response(body: bytes, status: int, locale: str, cache: str = "no-store") -> Response:
    answer = Response(body, status, mimetype="text/html")
    answer.headers["Cache-Control"] = cache
    answer.headers["Content-Language"] = TAGS[locale]
    return answer
