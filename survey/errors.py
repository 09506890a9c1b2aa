"""Named domain errors -> status and page. The message is for the person, in the person's language."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from survey import outage
from survey.availability import passing
from survey.extensions import db

WAIT_SECONDS = 60  # after too many tries, where the limit does not say


Page = tuple[str, int] | tuple[str, int, dict[str, str]] | Response


class DomainError(Exception):
    """Something a person asked for that cannot be done; `message` says why in plain words."""

    status = 400
    message: Any = _l("This cannot be done.")

    def __init__(self, message: Any = None, field: str | None = None) -> None:
        self.message = message or self.message
        self.field = field  # the form field beside which the message belongs
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Missing(DomainError):
    """What does not exist and what one may not see look alike."""

    status = 404
    message = _l("There is nothing here, or it is not yours to see.")


class Forbidden(DomainError):
    status = 403
    message = _l("Your role does not allow this.")


class Invalid(DomainError):
    status = 422


class Conflict(DomainError):
    status = 409


_MESSAGES = {
    400: _l("The request could not be understood. Please go back and try again."),
    403: _l("Your role does not allow this."),
    404: _l("There is nothing here, or it is not yours to see."),
    405: _l("This page cannot be used in this way."),
    413: _l("That is too large to be sent."),
    429: _l("Too many tries. Please wait a moment and try again."),
    500: _l("Something went wrong on our side. Nothing that was stored is lost. Please try again."),
    503: outage.BUSY,
}


def register(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DataError, _unstorable)
    outage.register(app)


def _domain_error(error: DomainError) -> Page:
    return page(error.status, error.message)


def _unstorable(_error: DataError) -> Page:
    """A value that a database cannot even compare, such as a NUL character on PostgreSQL: nothing has it."""
    db.session.rollback()
    return page(400, _MESSAGES[400])


def _http_error(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    answer = page(error.code, _MESSAGES.get(error.code, _MESSAGES[400]))
    if isinstance(answer, Response) or error.code not in (429, 503):
        return answer
    seconds = getattr(error, "retry_after", None) or WAIT_SECONDS
    return *answer, {"Retry-After": str(seconds)}


def page(status: int, message: Any) -> Page:
    """Its frame shows who is signed in, which cannot be looked up during an outage."""
    try:
        return render_template("error.html", status=status, message=message, path=request.path), status
    except Exception as error:
        if not passing(error):
            raise
        return outage.answer(error)
