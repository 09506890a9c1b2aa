"""Entries on their way: kept with the session until its commit, which writes them with the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from survey.audit.actor import Actor, who
from survey.audit.watched import Thing, thing_of
from survey.extensions import BaseModel, db
from survey.models import Deed

_KEY = "audit_pending"


@dataclass(slots=True)
class Entry:
    actor: Actor
    deed: Deed
    thing: Thing
    details: dict[str, Any] = field(default_factory=dict)
    once: str | None = None


def record(
    deed: Deed,
    thing: Thing | BaseModel,
    details: Mapping[str, Any] | None = None,
    *,
    actor: Actor | None = None,
    once: str | None = None,
) -> None:
    """Notes an entry; it is written by the commit of this session, or not at all. The caller commits.

    Details never hold passwords, tokens, answers, comments, or who a respondent is. `once`: a key of at most
    64 characters; a later entry with the same key is left out.
    """
    about = thing if isinstance(thing, Thing) else thing_of(thing)
    add(db.session(), Entry(actor or who(), deed, about, dict(details or {}), once))


def add(session: Session, entry: Entry) -> None:
    """Joins what happens to one thing in one transaction: made and then changed is made."""
    if not session.in_transaction():
        session.begin()  # so that a rollback forgets the entry
    waiting = pending(session)
    if entry.thing.id and entry.deed in (Deed.CHANGED, Deed.CREATED):
        before = next((one for one in waiting if _same(one, entry)), None)
        if before is not None:
            before.details = _joined(before.details, entry.details)
            return
    waiting.append(entry)


def pending(session: Session) -> list[Entry]:
    found: list[Entry] = session.info.setdefault(_KEY, [])
    return found


def _same(one: Entry, other: Entry) -> bool:
    same_thing = (one.thing.kind, one.thing.id) == (other.thing.kind, other.thing.id)
    return same_thing and one.actor == other.actor and one.deed in (Deed.CREATED, other.deed)


def _joined(first: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """Column by column, from the first old value to the last new one."""
    joined = first | then
    for name in ("old", "new"):
        if name in first and name in then:
            joined[name] = then[name] | first[name] if name == "old" else first[name] | then[name]
    return joined
