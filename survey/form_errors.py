"""Errors of services beside the fields that caused them."""

from __future__ import annotations

from flask_wtf import FlaskForm

from survey.errors import DomainError


def blame(form: FlaskForm, error: DomainError) -> None:
    """Puts the error beside its cause. An error without a field of this form goes on to the error page."""
    if error.field is None or error.field not in form:
        raise error
    form[error.field].errors = [*form[error.field].errors, error.message]
