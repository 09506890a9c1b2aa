"""Reading pasted totals and keeping them. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey import clock
from survey.access import visible_units
from survey.errors import Invalid
from survey.extensions import db
from survey.locales import NAMES
from survey.models import Channel, KnownTotals, Margin, Questionnaire, ServiceType, Unit, User

MOST = 10**9  # persons of one category
LEAST = 2  # categories


@dataclass(frozen=True, slots=True)
class Totals:
    margin: Margin
    totals: Mapping[str, int]  # none: figures are no longer weighted by it
    source: str
    as_of: date


def margins(person: User) -> list[Margin]:
    """Those whose categories this person sees all of: totals by unit are for who sees every unit."""
    everything = len(visible_units(person)) == db.session.scalar(select(func.count()).select_from(Unit))
    return [margin for margin in Margin if margin is not Margin.UNIT or everything]


def codes(margin: Margin) -> list[str]:
    """What a total may be given for."""
    if margin is Margin.SERVICE_TYPE:
        return list(
            db.session.scalars(select(ServiceType.code).order_by(ServiceType.position, ServiceType.code))
        )
    if margin is Margin.UNIT:
        return list(db.session.scalars(select(Unit.code).order_by(Unit.path)))
    return [channel.value for channel in Channel] if margin is Margin.CHANNEL else list(NAMES)


def read(text: str, margin: Margin) -> dict[str, int]:
    """Lines of a code and its number, with a comma, a semicolon, a tab or blanks between. Raises Invalid with the line."""
    known, found = set(codes(margin)), dict[str, int]()
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        code, number = _split(row, line)
        if code not in known:
            raise Invalid(_l("Line %(line)s: the code is not known.", line=line), field="totals")
        if code in found:
            raise Invalid(_l("Line %(line)s: this code stands above already.", line=line), field="totals")
        found[code] = number
    if len(found) < LEAST or not sum(found.values()):
        raise Invalid(_l("Give the totals of at least two categories, not all of them 0."), field="totals")
    return found


def _split(row: str, line: int) -> tuple[str, int]:
    parts = row.replace("\t", " ").replace(";", " ").replace(",", " ", 1).split(maxsplit=1)
    digits = parts[1].replace(",", "").replace(" ", "") if len(parts) == 2 else ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(MOST)) or int(digits) > MOST:
        raise Invalid(
            _l(
                "Line %(line)s: write a code and a whole number of persons, such as “inpatient, 1250”.",
                line=line,
            ),
            field="totals",
        )
    return parts[0], int(digits)


def keep(questionnaire: Questionnaire, given: Totals, by: uuid.UUID, today: date) -> KnownTotals:
    """Adds totals that replace those of the margin. Raises Invalid for a day to come."""
    if given.as_of > today:
        raise Invalid(_l("This day lies in the future."), field="as_of")
    made = KnownTotals(
        questionnaire_id=questionnaire.id,
        margin=given.margin,
        totals=dict(given.totals),
        source=given.source,
        as_of=given.as_of,
        entered_at=clock.now(),
        entered_by=by,
    )
    db.session.add(made)
    db.session.flush()
    return made
