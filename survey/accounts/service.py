"""Writes accounts. Whoever calls commits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import clock
from survey.accounts.addresses import normal
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import RoleName, Unit, User

WITHOUT_UNIT = (RoleName.ADMINISTRATOR, RoleName.AUDITOR)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of a person, checked when it is made."""

    email: str
    name: str
    role: str
    unit: Unit | None
    locale: str | None

    def __post_init__(self) -> None:
        if self.role not in set(RoleName):
            raise Invalid(_l("There is no such role."), field="role")
        if self.locale and self.locale not in LOCALES:
            raise Invalid(_l("There is no such language here."), field="locale")
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise Invalid(
                _l("Please write a name of at most %(n)s characters.", n=LONGEST_NAME), field="name"
            )
        if self.unit is None and self.role not in WITHOUT_UNIT:
            raise Invalid(_l("This role needs a unit."), field="unit")
        if self.unit is not None and self.role == RoleName.ADMINISTRATOR:
            raise Invalid(_l("An administrator is there for every unit: please choose none."), field="unit")
        object.__setattr__(self, "email", normal(self.email))


def one_line(name: str) -> str:
    """As people are greeted in mails."""
    return " ".join(name.split())


def find(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email))


def add(person: Person) -> User:
    if find(person.email):
        raise Conflict(_l("There is an account with this address already."), field="email")
    user = User(fs_uniquifier=uuid.uuid4().hex, active=True, created_at=clock.now(), **_columns(person))
    db.session.add(user)
    db.session.flush()
    return user


def change(user: User, person: Person) -> bool:
    """Whether anything differs now. Another address or role ends the sessions of the account."""
    other = find(person.email)
    if other is not None and other is not user:
        raise Conflict(_l("There is an account with this address already."), field="email")
    wanted = _columns(person)
    different = {name: value for name, value in wanted.items() if getattr(user, name) != value}
    if different.get("role"):
        _keep_an_administrator(user)
    if {"role", "email", "unit"} & different.keys():
        end_sessions(user)
    for name, value in different.items():
        setattr(user, name, value)
    db.session.flush()
    return bool(different)


def close(user: User) -> None:
    _keep_an_administrator(user)
    user.active = False
    end_sessions(user)


def reopen(user: User) -> None:
    user.active = True


def end_sessions(user: User) -> None:
    """Ends every session, remembered device and unused link of this account."""
    user.fs_uniquifier = uuid.uuid4().hex


def reset_second_factor(user: User) -> None:
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_counter = None
    user.mf_recovery_codes = None
    end_sessions(user)


def _columns(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": one_line(person.name),
        "role": str(person.role),
        "unit": person.unit,
        "locale": person.locale or None,
    }


def _keep_an_administrator(user: User) -> None:
    """The rows are locked, so that two administrators cannot remove each other at once."""
    if user.role != RoleName.ADMINISTRATOR or not user.active:
        return
    rows = select(User.id).where(User.role == RoleName.ADMINISTRATOR, User.active).with_for_update(of=User)
    others = [found for found in db.session.scalars(rows) if found != user.id]
    if not others:
        raise Conflict(_l("This is the last administrator. Make another one first."), field="role")
