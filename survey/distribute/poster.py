"""What a poster says, once in each of its languages."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flask_babel import force_locale, gettext, ngettext

from survey.distribute.service import offered_languages
from survey.locales import TAGS, say
from survey.models import Link
from survey.questions.definition import Definition, definition_of

_SECONDS_A_QUESTION = 10  # our own guess, for a person who reads slowly


@dataclass(frozen=True, slots=True)
class Edition:
    tag: str
    title: str
    unit: str
    invitation: str  # to answer
    promise: str  # that nobody sees who answered; empty unless anonymous


def editions(link: Link) -> list[Edition]:
    """In the link's language, else in all in which the questionnaire is complete."""
    definition = _definition(link)
    locales = (link.locale,) if link.locale else offered_languages(link.questionnaire) or definition.languages
    return [_edition(link, definition, locale) for locale in locales]


def density(of: list[Edition]) -> str:
    """How small the letters must be, for all to stand on one page."""
    wide = sum(sum(2 if ord(character) > 0x2E7F else 1 for character in edition.title) for edition in of)
    if wide > 150:
        return "packed"
    return "crowded" if wide > 70 or len(of) > 2 else ""


def _definition(link: Link) -> Definition:
    return definition_of(link.questionnaire.published or link.questionnaire.latest)


def _edition(link: Link, definition: Definition, locale: str) -> Edition:
    unit, service_type = say(link.unit.names, locale), say(link.service_type.names, locale)
    with force_locale(locale):
        minutes = minutes_for(definition)
        invitation = ngettext(
            "Tell us how it was: it takes about a minute.",
            "Tell us how it was: it takes about %(num)d minutes.",
            minutes,
        )
        promise = gettext("Anonymous: nobody sees who answered.") if definition.privacy.anonymous else ""
    title = definition.title.say(locale, unit=unit, service_type=service_type)
    return Edition(TAGS[locale], title, unit, invitation, promise)


def minutes_for(definition: Definition) -> int:
    asked = max(len(definition.questions), len(definition.tracks))
    return max(1, math.ceil(asked * _SECONDS_A_QUESTION / 60))
