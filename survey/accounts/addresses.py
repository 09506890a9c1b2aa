"""E-mail addresses as they are stored and looked up."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from survey.errors import Invalid


def normal(address: str) -> str:
    """In lower case and checked for its form only: addresses inside a house need no public domain."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise Invalid(_l("This is not an e-mail address."), field="email") from None
    return found.normalized.lower()
