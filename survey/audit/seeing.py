"""Who saw what. A page that shows raw data is shown only when its entry is durable."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from survey import clock
from survey.audit.actor import who
from survey.audit.pending import Thing, record
from survey.audit.watched import thing_of
from survey.extensions import BaseModel, db, writing
from survey.models import AuditEntry, Deed, Unit

log = logging.getLogger("afterword.audit")


def saw(deed: Deed, thing: Thing | BaseModel, details: Mapping[str, Any] | None = None) -> None:
    """Call it before raw data are read. Ends the session's transaction and commits one of its own.

    Raises where the entry cannot be written: what would leave no entry is not shown.
    """
    _write(deed, thing, details, None)


def saw_first(deed: Deed, thing: Thing | BaseModel) -> None:
    """The same for raw data that one looks at again and again: one entry a person and thing."""
    about = thing if isinstance(thing, Thing) else thing_of(thing)
    once = _key(deed, about.kind, about.id)
    if not _noted(once):
        _write(deed, about, None, once)


def saw_figures(thing: Thing, timezone: str) -> None:
    """For pages that show aggregates: one entry a person, thing, unit and day. A page that cannot write it is shown."""
    once = _key(thing.kind, thing.id, thing.unit_id, clock.today(timezone))
    if _noted(once):
        return
    try:
        _write(Deed.SAW, thing, None, once)
    except DBAPIError:
        db.session.rollback()
        log.warning("the audit trail could not note that figures were seen", exc_info=True)


def _key(*parts: object) -> str:
    """Of what is noted once for the person who acts."""
    actor = who()
    return hashlib.sha256(repr([str(part) for part in (actor.kind, actor.id, *parts)]).encode()).hexdigest()


def _noted(once: str) -> bool:
    return db.session.scalar(select(AuditEntry.number).where(AuditEntry.once == once)) is not None


def _write(deed: Deed, thing: Thing | BaseModel, details: Mapping[str, Any] | None, once: str | None) -> None:
    actor = who()
    db.session.rollback()
    with writing():
        record(deed, thing, details, actor=actor, once=once)
        units = sum(isinstance(one, Unit) for one in db.session)
        db.session.commit()
    if units > 1:
        db.session.scalars(select(Unit)).all()  # a commit forgets what was read: all together, not one by one
