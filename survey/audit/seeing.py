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
from survey.extensions import BaseModel, db, writing
from survey.models import AuditEntry, Deed

log = logging.getLogger("afterword.audit")


def saw(deed: Deed, thing: Thing | BaseModel, details: Mapping[str, Any] | None = None) -> None:
    """Call it before raw data are read. Ends the session's transaction and commits one of its own.

    Raises where the entry cannot be written: what would leave no entry is not shown.
    """
    _write(deed, thing, details, None)


def saw_figures(thing: Thing, timezone: str) -> None:
    """For pages that show aggregates: one entry a person, thing, unit and day. A page that cannot write it is shown."""
    actor = who()
    parts = (actor.kind, actor.id, thing.kind, thing.id, thing.unit_id, clock.today(timezone))
    once = hashlib.sha256(repr([str(part) for part in parts]).encode()).hexdigest()
    if db.session.scalar(select(AuditEntry.number).where(AuditEntry.once == once)) is not None:
        return
    try:
        _write(Deed.SAW, thing, None, once)
    except DBAPIError:
        db.session.rollback()
        log.warning("the audit trail could not note that figures were seen", exc_info=True)


def _write(deed: Deed, thing: Thing | BaseModel, details: Mapping[str, Any] | None, once: str | None) -> None:
    actor = who()
    db.session.rollback()
    with writing():
        record(deed, thing, details, actor=actor, once=once)
        db.session.commit()
