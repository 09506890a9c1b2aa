"""Who gets digests, and when: what people chose, else what their role gets."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l

from survey.errors import Invalid
from survey.extensions import db
from survey.models import Cadence, DigestChoice, RoleName, User

HOUR = 8
BY_ROLE = {
    RoleName.STAFF: Cadence.WEEKLY,
    RoleName.HEAD_OF_UNIT: Cadence.WEEKLY,
    RoleName.QUALITY_MANAGER: Cadence.WEEKLY,
}


@dataclass(frozen=True, slots=True)
class Choice:
    cadence: Cadence
    hour: int
    timezone: str


def usual(role: str, timezone: str) -> Choice:
    """`timezone` is the organisation's."""
    return Choice(BY_ROLE.get(RoleName(role), Cadence.NEVER), HOUR, timezone)


def choice_of(person: User, timezone: str) -> Choice:
    chosen = db.session.get(DigestChoice, person.id)
    if chosen is None:
        return usual(person.role, timezone)
    return Choice(Cadence(chosen.cadence), chosen.hour, chosen.timezone)


def choose(person: User, choice: Choice) -> None:
    """The caller commits. Raises Invalid."""
    if choice.hour not in range(24):
        raise Invalid(_l("Please choose one."), field="hour")
    if choice.timezone not in available_timezones():
        raise Invalid(_l("There is no such time zone."), field="timezone")
    row = db.session.get(DigestChoice, person.id) or DigestChoice(user_id=person.id)
    row.cadence, row.hour, row.timezone = choice.cadence, choice.hour, choice.timezone
    db.session.add(row)
