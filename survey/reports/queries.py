"""Which reports a person may read.

What is hidden follows from all that one sees of the organisation. So a report opens to those who see its unit and at
most as much as its maker saw: beside what they see themselves, nothing that it hides then follows from it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select
from sqlalchemy.orm import joinedload

from survey.access import unit_ids
from survey.errors import Missing
from survey.extensions import db
from survey.figures import Places
from survey.models import Report, Unit, User

PAGE = 30


def scope_of(person: User, seen: Places) -> int | None:
    """The unit that holds all that this person sees; None where that is everything."""
    everything = db.session.scalar(select(func.count()).select_from(Unit)) == len(seen.units)
    return None if everything else person.unit_id


def readable(person: User, seen: Places) -> Select[Report]:
    return (
        select(Report)
        .where(_readable(person, seen))
        .options(joinedload(Report.unit), joinedload(Report.maker))
    )


def _readable(person: User, seen: Places) -> ColumnElement[bool]:
    if not seen.units:
        return false()
    mine = scope_of(person, seen)
    if mine is None:
        return Report.scope_id.is_(None)
    path = db.session.get_one(Unit, mine).path
    above = select(Unit.id).where(literal(path).startswith(Unit.path))
    scope = or_(Report.scope_id.is_(None), Report.scope_id.in_(above))
    return and_(scope, Report.unit_id.in_(unit_ids(person)))


def page(person: User, seen: Places, before: datetime | None) -> Sequence[Report]:
    """The newest first; one more than a page, where there are more."""
    statement = readable(person, seen).order_by(Report.made_at.desc(), Report.id).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(Report.made_at < before)
    return db.session.scalars(statement).all()


def report_of(number: uuid.UUID, person: User, seen: Places) -> Report:
    """Raises Missing for one that is not there, and for one that is not this person's to read."""
    found = db.session.scalar(readable(person, seen).where(Report.id == number))
    if found is None:
        raise Missing
    return found
