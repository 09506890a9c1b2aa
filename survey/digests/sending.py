"""Makes the digests that are due, each exactly once: a row in `digest` and the message stand in one transaction."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from survey.digests.choices import Choice, usual
from survey.digests.content import Asked, Content, content, with_cases
from survey.digests.open_cases import open_cases
from survey.digests.timing import Due, latest
from survey.extensions import db
from survey.models import Cadence, Digest, DigestChoice, User
from survey.outbox import registry
from survey.outbox import service as outbox
from survey.pictures import NotMade, drawn
from survey.pictures.drawing import Kind

TEMPLATE = "digest"
TOO_LATE = timedelta(days=3)  # after a long stop nobody gets what is of no use any more
WIDTH = 560  # pixels

registry.register(
    TEMPLATE,
    title=_l("Digest"),
    sample={"unit": "", "days": "", "survey": "", "parts": [], "pictures": {}, "link": ""},
    fixed=True,
)
_TABLE = cast(Table, Digest.__table__)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    person: User
    cadence: Cadence
    due: Due


def due(now: datetime, timezone: str) -> list[Wanted]:
    """Whose digest is due and was not made yet."""
    known: dict[tuple[Cadence, int, str], Due | None] = {}
    found = []
    for person, choice in _people(timezone):
        key = choice.cadence, choice.hour, choice.timezone
        if key not in known:
            known[key] = latest(*key, now)
        one = known[key]
        if one is not None and now - one.at <= TOO_LATE:
            found.append(Wanted(person, choice.cadence, one))
    made = _made(min((one.due.last_on for one in found), default=None))
    return [one for one in found if (one.person.id, one.cadence, one.due.last_on) not in made]


def _people(timezone: str) -> Iterator[tuple[User, Choice]]:
    rows = select(User, DigestChoice).outerjoin(DigestChoice, DigestChoice.user_id == User.id)
    for person, chosen in db.session.execute(rows.where(User.active, User.unit_id.is_not(None))):
        if chosen is None:
            yield person, usual(person.role, timezone)
        else:
            yield person, Choice(Cadence(chosen.cadence), chosen.hour, chosen.timezone)


def _made(since: Any) -> set[tuple[Any, str, Any]]:
    if since is None:
        return set()
    columns = Digest.user_id, Digest.cadence, Digest.last_on
    rows = db.session.execute(select(*columns).where(Digest.last_on >= since))
    return {(row.user_id, row.cadence, row.last_on) for row in rows}


class Maker:
    """Colleagues of one role in one unit read the same: it is put together once, and pictures are drawn together."""

    def __init__(self, base_url: str, default_locale: str, min_n: int) -> None:
        self._base_url, self._locale, self._min_n = base_url, default_locale, min_n
        self._known: dict[Any, tuple[Content, dict[str, str]]] = {}

    def prepare(self, people: Sequence[Wanted]) -> None:
        """Puts together what these people will read: starting Chromium takes longer than drawing fifty pictures."""
        new = {self._key(one.person, one.due): one for one in people}
        new = {key: one for key, one in new.items() if key not in self._known}
        made = {key: self._put_together(one.person, one.due) for key, one in new.items()}
        self._known |= dict(
            zip(made, zip(made.values(), _pictures(list(made.values())), strict=True), strict=True)
        )

    def make(self, wanted: Wanted, now: datetime) -> bool:
        """False where somebody else has made it. The caller commits."""
        person, when = wanted.person, wanted.due
        row = {
            "user_id": person.id,
            "cadence": wanted.cadence,
            "last_on": when.last_on,
            "first_on": when.first_on,
            "made_at": now,
        }
        connection = db.session.connection()
        insert = _INSERT[connection.dialect.name](_TABLE).values(messages=0, **row).on_conflict_do_nothing()
        if connection.execute(insert.returning(_TABLE.c.user_id)).first() is None:
            return False
        cause = f"digest:{person.id.hex}:{wanted.cadence}:{when.last_on.isoformat()}"
        sent = self.send(person, when, cause, now, only_if_telling=True)
        made = db.session.get_one(Digest, (person.id, wanted.cadence.value, when.last_on))
        made.messages = sent
        return True

    def send(
        self, person: User, when: Due, cause: str, now: datetime, *, only_if_telling: bool = False
    ) -> int:
        """Writes the messages; 0 where there is nothing to tell."""
        with force_locale(self._locale_of(person)):
            told, pictures = self._of_unit(person, when)
            cases = open_cases(person, now)
            if only_if_telling and not told.telling and not cases.lines:
                return 0
            fields = with_cases(told, cases).fields()
        link = f"{self._base_url}/digest?last={when.last_on.isoformat()}"
        return outbox.put(cause, person, TEMPLATE, fields | {"pictures": pictures, "link": link})

    def _of_unit(self, person: User, when: Due) -> tuple[Content, dict[str, str]]:
        key = self._key(person, when)
        if key not in self._known:
            made = self._put_together(person, when)
            self._known[key] = made, _pictures([made])[0]
        return self._known[key]

    def _put_together(self, person: User, when: Due) -> Content:
        if person.unit is None:
            raise ValueError("a digest is about somebody's unit")
        locale = self._locale_of(person)
        with force_locale(locale):
            return content(person, Asked(person.unit, when.first_on, when.last_on, locale, self._min_n))

    def _key(self, person: User, when: Due) -> Any:
        return person.unit_id, person.role, self._locale_of(person), when

    def _locale_of(self, person: User) -> str:
        return person.locale or self._locale


def _pictures(made: Sequence[Content]) -> list[dict[str, str]]:
    """Of each, all drawn at once. Without Chromium the sentences stand alone."""
    figures = [one.figure for one in made if one.figure is not None]
    try:
        files = iter(drawn(figures, Kind.PNG, WIDTH))
    except NotMade as error:
        log.info("digests go without their pictures: %s", error)
        return [{} for _ in made]
    return [{} if one.figure is None else {"trend": base64.b64encode(next(files)).decode()} for one in made]
