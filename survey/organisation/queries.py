"""Reads the tree and the service types."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select

from survey.errors import Missing
from survey.extensions import db
from survey.models import ServiceType, Unit, User


@dataclass(slots=True)
class Node:
    unit: Unit
    people: int
    below: list[Node] = field(default_factory=list)


def tree() -> list[Node]:
    """The topmost units, each with those below it."""
    counted = select(User.unit_id, func.count()).where(User.active).group_by(User.unit_id)
    people: dict[int | None, int] = dict(db.session.execute(counted).all())
    ordered = db.session.scalars(select(Unit).order_by(Unit.position, Unit.code)).all()
    nodes = {unit.id: Node(unit, people.get(unit.id, 0)) for unit in ordered}
    top: list[Node] = []
    for unit in ordered:
        siblings = nodes[unit.parent_id].below if unit.parent_id in nodes else top
        siblings.append(nodes[unit.id])
    return top


def unit(code: str) -> Unit:
    found = db.session.scalar(select(Unit).where(Unit.code == code))
    if found is None:
        raise Missing
    return found


def service_type(code: str) -> ServiceType:
    found = db.session.scalar(select(ServiceType).where(ServiceType.code == code))
    if found is None:
        raise Missing
    return found


def service_types() -> list[ServiceType]:
    return list(db.session.scalars(select(ServiceType).order_by(ServiceType.position, ServiceType.code)))


def siblings(of: Unit) -> list[Unit]:
    same = select(Unit).where(Unit.parent_id == of.parent_id).order_by(Unit.position, Unit.code)
    return list(db.session.scalars(same))


def possible_parents(of: Unit | None) -> list[Unit]:
    """Every unit but this one and those below it."""
    statement = select(Unit)
    if of is not None:
        statement = statement.where(~Unit.path.startswith(of.path, autoescape=True))
    return list(db.session.scalars(statement))
