"""When a respondent's request cannot be served: friendly pages that keep what was typed."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from survey.availability import RETRY_SECONDS, give_up, passing
from survey.errors import DomainError
from survey.outage import BUSY
from survey.respond import keys, languages, pages
from survey.respond.secrets import secret
from survey.respond.steps import KEY

WAIT_SECONDS = 30

TOO_MANY = _l(
    "Too many tries came from your network. Nothing that you typed is lost; please wait half a minute."
)
MISTAKE = _l(
    "Something went wrong on our side. Nothing that you typed is lost; please try again in a moment."
)
UNSTORABLE = _l("Something that was sent cannot be stored. Nothing that you typed is lost; please try again.")
TOO_LARGE = _l("That is too large to be sent.")
DID_NOT_WORK = _l("That did not work")
NOT_UNDERSTOOD = _l("The request could not be understood. Please go back and try again.")

log = logging.getLogger(__name__)


def register(blueprint: Blueprint) -> None:
    """For whatever may be raised: the handlers of all other pages ask who is signed in."""
    blueprint.register_error_handler(Exception, _busy)
    blueprint.register_error_handler(DataError, _unstorable)
    blueprint.register_error_handler(DomainError, _impossible)
    blueprint.register_error_handler(HTTPException, _refused)
    blueprint.register_error_handler(404, _unknown)
    blueprint.register_error_handler(429, _too_many)
    blueprint.register_error_handler(500, _mistake)  # after Flask has logged it


def _busy(error: Exception) -> Response:
    """The database or the disk says no. The form's key makes sending again safe, whatever was stored."""
    if not passing(error):
        if not isinstance(error, SQLAlchemyError):
            raise error
        log.error("a respondent could not be served", exc_info=error)  # a mistake of ours
    give_up(error)
    return pages.again(503, _locale(), BUSY, _typed(), RETRY_SECONDS)


def _too_many(_error: HTTPException) -> Response:
    return pages.again(429, _locale(), TOO_MANY, _typed(), WAIT_SECONDS)


def _mistake(_error: HTTPException) -> Response:
    return pages.again(500, _locale(), MISTAKE, _typed(), RETRY_SECONDS)


def _unstorable(error: DataError) -> Response:
    give_up(error)
    return pages.again(400, _locale(), UNSTORABLE, _typed(), RETRY_SECONDS)


def _impossible(error: DomainError) -> Response:
    return pages.note(error.status, languages.asked(), DID_NOT_WORK, error.message)


def _unknown(_error: HTTPException) -> Response:
    return pages.unknown(languages.asked(request.args.get("lang")))


def _refused(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    text = TOO_LARGE if error.code == 413 else NOT_UNDERSTOOD
    answer = pages.note(error.code, languages.asked(), DID_NOT_WORK, text)
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _typed() -> pages.Sent | None:
    try:
        return request.form if request.method == "POST" else None
    except (OSError, HTTPException):  # the form itself cannot be read: the disk is full, or it is too large
        return None


def _locale() -> str:
    typed = _typed()
    key = keys.read(typed.get(KEY, ""), secret("form key")) if typed else None
    return languages.asked(key.locale if key else None)
