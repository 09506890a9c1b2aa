"""Reads accounts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from survey.errors import Missing
from survey.extensions import db
from survey.models import Unit, User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    text: str = ""
    role: str = ""
    unit: str = ""  # its code; units below count too
    closed: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    people: list[User]
    total: int
    pages: int


def people(wanted: Wanted) -> Found:
    matching = _matching(wanted)
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    shown = matching.order_by(func.lower(User.name), User.email).limit(PAGE).offset((wanted.page - 1) * PAGE)
    return Found(list(db.session.scalars(shown)), total, max(1, -(-total // PAGE)))


def person(user_id: uuid.UUID) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise Missing
    return user


def _matching(wanted: Wanted) -> Select[User]:
    statement = select(User).where(User.active.is_(not wanted.closed))
    if wanted.text:
        statement = statement.where(
            or_(
                User.name.icontains(wanted.text, autoescape=True),
                User.email.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.role:
        statement = statement.where(User.role == wanted.role)
    if wanted.unit:
        top = db.session.scalar(select(Unit).where(Unit.code == wanted.unit))
        below = Unit.path.startswith(top.path, autoescape=True) if top else Unit.id.is_(None)
        statement = statement.where(User.unit_id.in_(select(Unit.id).where(below)))
    return statement
