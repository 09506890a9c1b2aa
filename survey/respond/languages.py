"""The language of a respondent page: asked for, else the link's, else the browser's, else the default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import request

from survey.locales import LOCALES, closest
from survey.respond.secrets import settings


def chosen(wanted: Iterable[str | None], default: str, offered: Sequence[str] = LOCALES) -> str:
    """The first wanted language that is offered; either Chinese stands in for the other."""
    for locale in map(closest, wanted):
        if locale in offered:
            return str(locale)
        stand_in = next((o for o in offered if locale and o[:2] == locale[:2]), None)
        if stand_in:
            return stand_in
    return default if default in offered else offered[0]


def asked(*wanted: str | None, offered: Sequence[str] = LOCALES) -> str:
    """The language of this request: of those wanted here, then of the browser's."""
    browser = [tag for tag, _quality in request.accept_languages]
    return chosen([*wanted, *browser], settings().locale, offered)
