"""What the pages of the roster show. Rows are limited to the person's units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from survey.access import EVERYWHERE, limited, unit_ids, visible_units, within
from survey.errors import Missing
from survey.extensions import db
from survey.models import Absence, DutyTurn, RoleName, SpecialDay, Unit, User

PAGE = 24  # units
MOST_WATCHED = 60  # units whose holes are looked for on the first page


def units_of(person: User, page: int, top: Unit | None = None) -> tuple[list[Unit], bool]:
    """Open units from one on down, a page at a time, and whether more follow."""
    open_ones = [
        unit
        for unit in visible_units(person)
        if unit.closed_at is None and (top is None or top.contains(unit))
    ]
    start = (page - 1) * PAGE
    return open_ones[start : start + PAGE], len(open_ones) > start + PAGE


def watched(person: User) -> list[Unit]:
    """The open units whose holes this person can mend, the highest first."""
    mine = select(Unit).where(within(person), Unit.closed_at.is_(None))
    return list(db.session.scalars(mine.order_by(func.length(Unit.path), Unit.path).limit(MOST_WATCHED)))


def any_turn() -> bool:
    return db.session.scalar(select(DutyTurn.id).limit(1)) is not None


def turns_of(unit: Unit, today: date) -> Sequence[DutyTurn]:
    """That hold now or later."""
    mine = DutyTurn.unit_id == unit.id, or_(DutyTurn.last_on.is_(None), DutyTurn.last_on >= today)
    return db.session.scalars(
        select(DutyTurn).where(*mine).order_by(DutyTurn.tier, DutyTurn.first_on, DutyTurn.id)
    ).all()


def turn_of(person: User, number: int) -> DutyTurn:
    return _found(
        db.session.scalar(limited(select(DutyTurn).where(DutyTurn.id == number), DutyTurn.unit_id, person))
    )


def day_of(person: User, number: int) -> SpecialDay:
    mine = select(SpecialDay).where(SpecialDay.id == number)
    return _found(db.session.scalar(limited(mine, SpecialDay.unit_id, person)))


def days_of(unit: Unit, since: date) -> Sequence[SpecialDay]:
    """Of the unit and of those above it, from a day on."""
    mine = SpecialDay.unit_id.in_(unit.path_ids), SpecialDay.day >= since
    return db.session.scalars(
        select(SpecialDay).where(*mine).order_by(SpecialDay.day, SpecialDay.unit_id)
    ).all()


def absences(person: User, today: date) -> Sequence[Absence]:
    """That last or come, of people of the person's units, and the own."""
    mine = select(Absence).join(Absence.person).where(Absence.last_on >= today - timedelta(days=30))
    if not (person.role in EVERYWHERE and person.unit is None):
        mine = mine.where(User.unit_id.in_(unit_ids(person)))
    return db.session.scalars(mine.order_by(Absence.first_on.desc(), Absence.id).limit(500)).all()


def absence_of(person: User, number: int) -> Absence:
    mine = select(Absence).join(Absence.person).where(Absence.id == number)
    if not (person.role in EVERYWHERE and person.unit is None):
        mine = mine.where(User.unit_id.in_(unit_ids(person)))
    return _found(db.session.scalar(mine))


def people(person: User, unit: Unit | None = None) -> list[User]:
    """Whom this person may enter: active people of the own units, and for administrators other administrators."""
    mine = select(User).where(User.active, User.role != RoleName.AUDITOR)
    mine = mine.where(User.unit_id.in_(unit_ids(person)) | (User.id == person.id) | _too(person))
    found = db.session.scalars(mine.order_by(User.name, User.email)).all()
    if unit is None:
        return list(found)
    return [one for one in found if one.unit is None or unit.contains(one.unit) or one.unit.contains(unit)]


def _too(person: User):  # type: ignore[no-untyped-def]
    return User.unit_id.is_(None) if person.role == RoleName.ADMINISTRATOR else User.id == person.id


def _found(row):  # type: ignore[no-untyped-def]
    if row is None:
        raise Missing
    return row
