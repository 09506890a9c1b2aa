"""Listens to the session: what staff change is noted at each flush and written by the commit."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from survey.audit.actor import who
from survey.audit.chain import append
from survey.audit.pending import Entry, add, pending
from survey.audit.watched import change_of, deletion_of, is_watched
from survey.extensions import db

_AT_SAVEPOINT = "audit_at_savepoint"
_HEAD = "audit_head"

log = logging.getLogger("afterword.audit")


@event.listens_for(db.session, "after_flush")
def _flushed(session: Session, _context: Any) -> None:
    """After a flush new rows have their ids, and the history still tells what was there before."""
    found: list[Entry] = []
    for changed in (*session.new, *session.dirty):
        change = change_of(changed, new=changed in session.new) if is_watched(changed) else None
        if change is not None:
            found.append(Entry(who(), *change))
    found += [Entry(who(), *deletion_of(gone)) for gone in session.deleted if is_watched(gone)]
    for entry in found:
        add(session, entry)


@event.listens_for(db.session, "before_commit")
def _committing(session: Session) -> None:
    """Last of all before the commit, so that the lock of the chain is held for a moment only."""
    if session.in_nested_transaction():
        return
    session.flush()
    waiting = pending(session)
    if waiting:
        session.info[_HEAD] = append(session, waiting)
        waiting.clear()


@event.listens_for(db.session, "after_commit")
def _committed(session: Session) -> None:
    """The log is the copy that nobody who alters the database can alter with it."""
    head = session.info.pop(_HEAD, None)
    if head is not None:
        log.info("audit trail: entry %s has hash %s", head.number, head.hash)


@event.listens_for(db.session, "after_transaction_create")
def _begun(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        noted = [replace(entry) for entry in pending(session)]
        session.info.setdefault(_AT_SAVEPOINT, {})[transaction] = noted


@event.listens_for(db.session, "after_soft_rollback")
def _rolled_back(session: Session, transaction: SessionTransaction) -> None:
    """To a savepoint: what was noted since is forgotten."""
    if transaction.nested:
        pending(session)[:] = session.info.get(_AT_SAVEPOINT, {}).get(transaction, [])


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        for name in (_AT_SAVEPOINT, _HEAD):
            session.info.pop(name, None)
        pending(session).clear()
