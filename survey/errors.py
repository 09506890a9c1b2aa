"""Named domain errors -> status and page. The message is for the person, in the person's language."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from survey.extensions import db


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
    503: _l("The service is busy. Nothing that you typed is lost; please try again in a moment."),
}


def register(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DataError, _unstorable)


def _domain_error(error: DomainError) -> tuple[str, int]:
    return page(error.status, error.message), error.status


def _unstorable(_error: DataError) -> tuple[str, int]:
    """A value that a database cannot even compare, such as a NUL character on PostgreSQL: nothing has it."""
    db.session.rollback()
    return page(400, _MESSAGES[400]), 400


def _http_error(error: HTTPException) -> tuple[str, int] | Response | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    return page(error.code, _MESSAGES.get(error.code, _MESSAGES[400])), error.code


def page(status: int, message: Any) -> str:
    return render_template("error.html", status=status, message=message, path=request.path)
