"""Making, changing, pausing and closing open links."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from survey import clock
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Channel, Link, Questionnaire, ServiceType, Unit
from survey.questions.definition import definition_of

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # nothing that looks like another, no vowels: no words
CODE_LENGTH = 8
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Binding:
    """What every response that comes through the link will be counted under."""

    questionnaire: Questionnaire
    unit: Unit
    service_type: ServiceType
    channel: Channel
    locale: str | None = None  # None: the respondent's browser decides


@dataclass(frozen=True, slots=True)
class Window:
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def check(self) -> None:
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise Invalid(_l("The end must be after the start."), field="closes_at")


def random_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def offered_languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Those of the published version, which is complete in each; none when none is published."""
    version = questionnaire.published
    if version is None or questionnaire.retired_at is not None:
        return ()
    return definition_of(version).languages


def make_link(
    binding: Binding, window: Window, label: str = "", by: uuid.UUID | None = None, form_key: str = ""
) -> Link:
    """Raises Invalid with the field to blame. The same `form_key` with the same contents makes one link only."""
    _check(binding)
    window.check()
    now = clock.now()
    if window.closes_at and window.closes_at <= now:
        raise Invalid(_l("The end has already passed."), field="closes_at")
    given: dict[str, Any] = {
        "label": label,
        "questionnaire": binding.questionnaire,
        "unit": binding.unit,
        "service_type": binding.service_type,
        "channel": binding.channel,
        "locale": binding.locale,
        "opens_at": window.opens_at,
        "closes_at": window.closes_at,
        "created_by": by,
    }
    for attempt in range(_TRIES):
        code = _code_of(form_key, attempt, given) if form_key else random_code()
        link = Link(code=code, created_at=now, **given)
        if _stored(link):
            return link
        before = db.session.scalar(select(Link).where(Link.code == code))
        if form_key and before and all(getattr(before, name) == value for name, value in given.items()):
            return before
    raise Conflict(_l("No free short address was found. Please try again."))


def _code_of(form_key: str, attempt: int, given: Mapping[str, Any]) -> str:
    """As hard to guess as the key: the same form, sent again after a lost answer, names the link it made."""
    parts = [getattr(value, "id", value) for value in given.values()]
    number = int.from_bytes(hashlib.sha256(repr((form_key, attempt, *map(str, parts))).encode()).digest())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(CODE_LENGTH))


def _check(binding: Binding) -> None:
    languages = offered_languages(binding.questionnaire)
    if binding.questionnaire.published is None or binding.questionnaire.retired_at is not None:
        raise Invalid(_l("This questionnaire is not published."), field="questionnaire")
    if binding.unit.closed_at is not None:
        raise Invalid(_l("This unit is closed."), field="unit")
    if binding.service_type.closed_at is not None:
        raise Invalid(_l("This service type is closed."), field="service_type")
    if binding.locale is not None and binding.locale not in languages:
        raise Invalid(_l("The questionnaire is not there in this language."), field="locale")


def _stored(link: Link) -> bool:
    """False when the code is taken already."""
    try:
        with db.session.begin_nested():
            db.session.add(link)
    except IntegrityError as error:
        if "code" not in str(error.orig):
            raise
        return False
    return True


def change(link: Link, label: str, window: Window) -> None:
    _not_closed(link)
    window.check()
    link.label = label
    link.opens_at, link.closes_at = window.opens_at, window.closes_at


def pause(link: Link) -> None:
    _not_closed(link)
    link.paused_at = link.paused_at or clock.now()


def resume(link: Link) -> None:
    _not_closed(link)
    link.paused_at = None


def close(link: Link) -> None:
    """For good. A second time changes nothing."""
    link.closed_at = link.closed_at or clock.now()


def _not_closed(link: Link) -> None:
    if link.closed_at is not None:
        raise Conflict(_l("This link is closed for good. Make a new one."))
