"""When a respondent's request cannot be served: friendly pages that keep what was typed."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from survey.availability import RETRY_SECONDS, UNAVAILABLE, give_up, passing
from survey.outage import BUSY
from survey.respond import keys, languages, pages
from survey.respond.secrets import secret
from survey.respond.steps import KEY

WAIT_SECONDS = 30

TOO_MANY = _l(
    "Too many tries came from your network. Nothing that you typed is lost; please wait half a minute."
)
TOO_LARGE = _l("That is too large to be sent.")
NOT_UNDERSTOOD = _l("The request could not be understood. Please go back and try again.")

log = logging.getLogger(__name__)


def register(blueprint: Blueprint) -> None:
    for error in UNAVAILABLE:
        blueprint.register_error_handler(error, _busy)
    blueprint.register_error_handler(429, _too_many)
    for status in (400, 405, 413):
        blueprint.register_error_handler(status, _refused)


def _busy(error: Exception) -> Response:
    """The database or the disk says no. The form's key makes sending again safe, whatever was stored."""
    if not passing(error):  # a mistake of ours; the answers are kept all the same
        log.error("a respondent could not be served", exc_info=error)
    give_up(error)
    return pages.again(503, _locale(), BUSY, _typed(), RETRY_SECONDS)


def _too_many(_error: HTTPException) -> Response:
    return pages.again(429, _locale(), TOO_MANY, _typed(), WAIT_SECONDS)


def _refused(error: HTTPException) -> Response:
    text = TOO_LARGE if error.code == 413 else NOT_UNDERSTOOD
    return pages.note(error.code or 400, languages.asked(), _l("That did not work"), text)


def _typed() -> pages.Sent | None:
    try:
        return request.form if request.method == "POST" else None
    except OSError:  # it was the reading of the form that found the disk full
        return None


def _locale() -> str:
    typed = _typed()
    key = keys.read(typed.get(KEY, ""), secret("form key")) if typed else None
    return languages.asked(key.locale if key else None)
