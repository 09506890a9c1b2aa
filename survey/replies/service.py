"""Writing, releasing and withdrawing. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from analysis.masking import mask
from survey import clock
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import PublicReply, Unit, User

LONGEST = 600  # characters


@dataclass(frozen=True, slots=True)
class Words:
    said: Mapping[str, str]  # by language; what is empty was not written
    did: Mapping[str, str]
    people: int | None
    done_on: date


def write(unit: Unit, words: Words, by: User | None, min_n: int, today: date) -> PublicReply:
    reply = PublicReply(unit_id=unit.id, written_at=clock.now(), written_by_id=by.id if by else None)
    _fill(reply, words, min_n, today)
    db.session.add(reply)
    db.session.flush()
    return reply


def change(reply: PublicReply, unit: Unit, words: Words, min_n: int, today: date) -> None:
    """Of a draft; what was released is withdrawn and written anew."""
    if reply.released_at is not None:
        raise Conflict(_l("This has been released. Withdraw it and write another one."))
    reply.unit_id = unit.id
    _fill(reply, words, min_n, today)


def release(reply: PublicReply, by: User) -> None:
    if reply.released_at is not None:
        raise Conflict(_l("This has been released already."))
    reply.released_at, reply.released_by_id = clock.now(), by.id


def withdraw(reply: PublicReply) -> None:
    if not reply.is_public:
        raise Conflict(_l("This is not public."))
    reply.withdrawn_at = clock.now()


def _fill(reply: PublicReply, words: Words, min_n: int, today: date) -> None:
    reply.said, reply.did = _texts(words.said, "said"), _texts(words.did, "did")
    if set(reply.said) != set(reply.did):
        raise Invalid(_l("Please write both, or neither, in each language."), field="said_en")
    if words.people is not None and words.people < min_n:
        message = _l("Fewer than %(n)s people could be recognised: please leave the number out.", n=min_n)
        raise Invalid(message, field="people")
    if words.done_on > today:
        raise Invalid(_l("Please tell of what has been done: a day until today."), field="done_on")
    reply.people, reply.done_on = words.people, words.done_on


def _texts(given: Mapping[str, str], name: str) -> dict[str, str]:
    texts = {locale: given[locale].strip() for locale in LOCALES if given.get(locale, "").strip()}
    if not texts:
        raise Invalid(_l("Please write it in one language at least."), field=f"{name}_en")
    for locale, text in texts.items():
        _check(text, f"{name}_{locale}")
    return texts


def _check(text: str, field: str) -> None:
    if len(text) > LONGEST:
        raise Invalid(_l("At most %(n)s characters.", n=LONGEST), field=field)
    hidden = mask(text).hidden
    if hidden:
        words = ", ".join(f"“{one.original}”" for one in hidden)
        message = _l("This seems to tell who somebody is: %(words)s. Please leave it out.", words=words)
        raise Invalid(message, field=field)
