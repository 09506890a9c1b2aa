"""What a password must be: long enough, and not the person's own address or name."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_security import PasswordUtil

SHORTEST = 10
SHORTEST_PART = 4  # a shorter name, such as "Li", may well be part of a good password
FEWEST_DIFFERENT = 5


class PasswordRules(PasswordUtil):
    def validate(self, password: str, is_register: bool, **given: Any) -> tuple[list[str] | None, str]:
        wrong, normal = super().validate(password, is_register, **given)
        wrong = wrong or weaknesses(normal, given.get("user"))
        return wrong or None, normal


def weaknesses(password: str, user: Any) -> list[str]:
    """Why this person may not have this password; empty when it is good."""
    low = password.casefold()
    if len(set(low)) < FEWEST_DIFFERENT:
        return [_("Please use at least %(n)s different characters.", n=FEWEST_DIFFERENT)]
    if any(part in low for part in _known_parts(user)):
        return [_("Please use a password without your own name or e-mail address.")]
    return []


def _known_parts(user: Any) -> list[str]:
    email = (getattr(user, "email", None) or "").casefold()
    name = (getattr(user, "name", None) or "").casefold()
    parts = [email, email.partition("@")[0], name, name.replace(" ", ""), *name.split()]
    return [part for part in parts if len(part) >= SHORTEST_PART]
