"""Who sees which cases, and whom one may be handed to. See docs/cases.md.

A case is seen by who sees its unit or a unit that helps, and by its owner. What was hidden in the customer's comments
is read by the owner and the head of the unit only.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true

from survey.access import EVERYWHERE, GRANTED, Act, unit_ids
from survey.errors import Missing
from survey.extensions import db
from survey.models import Case, CaseUnit, RoleName, Unit, User

MOST_OFFERED = 200  # people in one list


def visible(person: User) -> ColumnElement[bool]:
    """A condition on Case."""
    if person.role in EVERYWHERE and person.unit is None:
        return true()
    mine = unit_ids(person)
    helping = select(CaseUnit.case_id).where(CaseUnit.unit_id.in_(mine))
    # By the sum no index is asked for these units: lists are read in their order until the page is full,
    # rather than all cases of half an organisation fetched and sorted.
    return or_((Case.unit_id + 0).in_(mine), Case.owner_id == person.id, Case.id.in_(helping))


def case_of(person: User, public_id: str) -> Case:
    """Raises Missing for a case that does not exist and for one that is not this person's to see."""
    wanted = Case.public_id == public_id.upper().replace("-", "")
    found = None if "\x00" in public_id else db.session.scalar(select(Case).where(wanted, visible(person)))
    if found is None:
        raise Missing
    return found


def reads_originals(person: User, case: Case) -> bool:
    if not person.active or person.role not in GRANTED[Act.WORK_CASES]:
        return False
    if case.owner_id == person.id:
        return True
    return (
        person.role == RoleName.HEAD_OF_UNIT
        and person.unit is not None
        and case.unit.path.startswith(person.unit.path)
    )


def takes(person: User, unit: Unit) -> bool:
    """Whether a case of this unit may be handed to the person."""
    if not person.active or person.role not in GRANTED[Act.WORK_CASES]:
        return False
    if person.unit is None:
        return person.role == RoleName.ADMINISTRATOR
    return person.unit_id == unit.id or (
        person.role != RoleName.STAFF and unit.path.startswith(person.unit.path)
    )


def takers(units: Sequence[Unit]) -> list[User]:
    """Who may take cases of any of these units, those of the unit itself first."""
    above = {id_ for unit in units for id_ in unit.path_ids}
    statement = (
        select(User)
        .where(User.active, User.role.in_(GRANTED[Act.WORK_CASES]), User.unit_id.in_(above))
        .order_by(User.name, User.email)
        .limit(5 * MOST_OFFERED)
    )
    found = [one for one in db.session.scalars(statement).unique() if any(takes(one, unit) for unit in units)]
    own = {unit.id for unit in units}
    return sorted(found, key=lambda one: one.unit_id not in own)[:MOST_OFFERED]
