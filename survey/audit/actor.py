"""Who acts: the person signed in, else what `acting` says, else the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import has_request_context
from flask_security import current_user

from survey.models import ActorKind, User


@dataclass(frozen=True, slots=True)
class Actor:
    kind: ActorKind
    id: str | None = None
    name: str = ""


COMMAND_LINE = Actor(ActorKind.COMMAND_LINE)
WORKER = Actor(ActorKind.WORKER)
RESPONDENT = Actor(ActorKind.RESPONDENT)
NOBODY = Actor(ActorKind.NOBODY)

_acting: ContextVar[Actor | None] = ContextVar("audit_acting", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def who() -> Actor:
    chosen = _acting.get()
    if chosen is not None:
        return chosen
    if not has_request_context():
        return COMMAND_LINE
    return person(current_user) if current_user and current_user.is_authenticated else NOBODY


def person(user: User) -> Actor:
    return Actor(ActorKind.PERSON, str(user.id), named(user))


def named(user: User) -> str:
    return f"{user.name} <{user.email}>" if user.name else user.email
