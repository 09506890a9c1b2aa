"""Entering who has duty and who is away. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from survey import clock
from survey.duty import turns
from survey.duty.plan import Plan
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import ROSTERED, Absence, DutyTurn, Hours, RoleName, Tier, Unit, User

MOST_DAYS = 400  # of an absence
EVERY_DAY = "1111111"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A turn that is to be entered. `start` and `end` are minutes of the day and count for fixed hours only."""

    tier: Tier
    person: User
    first_on: date
    last_on: date | None
    weekdays: str = EVERY_DAY
    every: int = 1
    hours: Hours = Hours.FIXED
    start: int = 0
    end: int = 1440

    def row(self, unit: Unit) -> DutyTurn:
        fixed = self.hours is Hours.FIXED
        return DutyTurn(
            unit_id=unit.id,
            tier=self.tier,
            person_id=self.person.id,
            weekdays=self.weekdays,
            every=self.every,
            hours=self.hours,
            start_minute=self.start if fixed else 0,
            end_minute=self.end if fixed else 1440,
            first_on=self.first_on,
            last_on=self.last_on,
        )


def add_turn(unit: Unit, wanted: Wanted) -> DutyTurn:
    """Raises Invalid, and Conflict where somebody has the turn already."""
    _check(unit, wanted)
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())  # one at a time
    turn, calendar = wanted.row(unit), Plan([unit], wanted.first_on).calendar(unit.id)
    if not any(turns.intervals(turn, day, calendar) for day in _round(wanted)):
        raise Invalid(_l("On none of these days does such a turn begin."), field="weekdays")
    for other in _beside(unit, wanted):
        day = turns.meeting(turn, other, calendar)
        if day is not None:
            message: Any = _l(
                "%(name)s has this duty already at that time, for the first time on %(day)s.",
                name=other.person.name or other.person.email,
                day=format_date(day, "medium"),
            )
            raise Conflict(message, field="person")
    db.session.add(turn)
    db.session.flush()
    return turn


def _check(unit: Unit, wanted: Wanted) -> None:
    if wanted.tier not in ROSTERED:
        raise Invalid(_l("Please choose one."), field="tier")
    if not eligible(wanted.person, unit):
        message = _l("This person has no account that could answer for this unit.")
        raise Invalid(message, field="person")
    if wanted.last_on is not None and wanted.last_on < wanted.first_on:
        raise Invalid(_l("The last day lies before the first one."), field="last_on")
    if "1" not in wanted.weekdays:
        raise Invalid(_l("Please choose at least one day."), field="weekdays")


def eligible(person: User, unit: Unit) -> bool:
    """Active, not there only to read, and of the unit, of one below or of one above it."""
    if not person.active or person.role == RoleName.AUDITOR:
        return False
    return person.unit is None or unit.contains(person.unit) or person.unit.contains(unit)


def _round(wanted: Wanted) -> list[date]:
    last = wanted.last_on or date.max
    count = min((last - wanted.first_on).days + 1, turns.WEEKS * 7)
    return [wanted.first_on + timedelta(days=number) for number in range(count)]


def _beside(unit: Unit, wanted: Wanted) -> list[DutyTurn]:
    statement = select(DutyTurn).where(
        DutyTurn.unit_id == unit.id,
        DutyTurn.tier == wanted.tier,
        or_(DutyTurn.last_on.is_(None), DutyTurn.last_on >= wanted.first_on - timedelta(days=1)),
    )
    if wanted.last_on is not None:
        statement = statement.where(DutyTurn.first_on <= wanted.last_on + timedelta(days=1))
    return list(db.session.scalars(statement.order_by(DutyTurn.id)))


def remove_turn(turn: DutyTurn, today: date) -> None:
    """From today on. What was before stays, so that it can be said later who had duty."""
    if turn.first_on >= today:
        db.session.delete(turn)
    elif turn.last_on is None or turn.last_on >= today:
        turn.last_on = today - timedelta(days=1)
    else:
        raise Conflict(_l("This turn is over already."))
    db.session.flush()


def add_absence(person: User, days: tuple[date, date], substitute: User | None) -> Absence:
    first, last = days
    if last < first:
        raise Invalid(_l("The last day lies before the first one."), field="last_on")
    if (last - first).days >= MOST_DAYS:
        raise Invalid(_l("At most %(n)s days at once.", n=MOST_DAYS), field="last_on")
    if substitute is not None:
        _check_substitute(person, substitute)
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update(of=User))
    meets = Absence.person_id == person.id, Absence.first_on <= last, Absence.last_on >= first
    if db.session.scalar(select(Absence.id).where(*meets).limit(1)):
        raise Conflict(_l("On some of these days the person is entered as absent already."), field="first_on")
    row = Absence(person_id=person.id, first_on=first, last_on=last, entered_at=clock.now())
    row.substitute_id = substitute.id if substitute else None
    db.session.add(row)
    db.session.flush()
    return row


def _check_substitute(person: User, substitute: User) -> None:
    if substitute.id == person.id:
        raise Invalid(_l("Nobody stands in for themselves."), field="substitute")
    if not substitute.active or substitute.role == RoleName.AUDITOR:
        raise Invalid(_l("This person has no account that could answer for this unit."), field="substitute")
    if person.unit is not None and not eligible(substitute, person.unit):
        raise Invalid(_l("This person has no account that could answer for this unit."), field="substitute")


def remove_absence(absence: Absence, today: date) -> None:
    """From today on."""
    if absence.first_on >= today:
        db.session.delete(absence)
    elif absence.last_on >= today:
        absence.last_on = today - timedelta(days=1)
    else:
        raise Conflict(_l("This absence is over already."))
    db.session.flush()
