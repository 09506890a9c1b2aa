"""Cleaning the database's files, once a day, of what rows no longer say. See docs/decisions/0016-anonymous-on-disk.md.

A row that was changed or removed leaves traces below SQL: old copies in pages and in the write-ahead log, and
in the order of pages (SQLite), of tuples and of transaction numbers (PostgreSQL) the order in which invitations
were used. Whoever holds the files could read the erased from the first and join answers to invitations by the
second. Order joins two things only where both have it: invitations are written anew so that they have none.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, func, or_, select, text, update

from survey import clock
from survey.extensions import db, single_statements
from survey.models import Batch, Erased, Invitation, Status, Upkeep, Version, searching
from survey.questions.definition import definition_of

NAME = "traces"
LEASE = timedelta(hours=1)
# Tables that hold what people wrote, or who they are.
PERSONAL = (
    "response",
    "comment",
    "comment_label",
    "comment_topic",
    "given_topics",
    "original",
    "service_event",
    "upload",
    "import_run",
)
PATIENCE = 60  # seconds
TRIES, PAUSE = 10, 2  # times, seconds between
LARGEST_REWRITTEN = 4 * 1024**3  # bytes; VACUUM FULL keeps everybody waiting while it copies the table
# Bytes of a SQLite file; of 1 GB writers waited 22 s on a busy machine, and are refused after 30 (busy_timeout).
LARGEST_FILE = 1024**3
_KEY = "questionnaire_id, grain, channel, service_type_id, period_on, unit_id"
_SHUFFLE_TALLIES = text(
    "UPDATE invitation_tally SET used = used WHERE (" + _KEY + ") IN "  # noqa: S608 constants only
    "(SELECT " + _KEY + " FROM invitation_tally ORDER BY " + _KEY + " FOR UPDATE)"
)
COPIES = 2.2  # of the file at once: one that VACUUM makes, and one in the log


class Unclean(Exception):
    """Somebody reads the database for so long that its log cannot be emptied; the next sweep tries again."""


class NoRoom(Exception):
    """The disk has no room for the copies that are made meanwhile; the next sweep tries again."""


def claim(today: date) -> bool:
    """Whether this worker is to clean now: nobody else is at it, and it was not done today. The caller commits."""
    now = clock.now()
    if db.session.get(Upkeep, NAME) is None:
        db.session.add(Upkeep(name=NAME))
        db.session.flush()
    mine = db.session.scalars(
        update(Upkeep)
        .where(
            Upkeep.name == NAME,
            or_(Upkeep.done_on.is_(None), Upkeep.done_on < today),
            or_(Upkeep.leased_until.is_(None), clock.over(Upkeep.leased_until, now, LEASE)),
        )
        .values(leased_until=now + LEASE)
        .returning(Upkeep.name)
    ).all()
    return bool(mine)


def want() -> None:
    """The next sweep cleans, even if it was done today. The caller commits."""
    row = db.session.get(Upkeep, NAME)
    if row is not None:
        row.done_on = None


def clean(today: date, *, always: bool = False) -> bool:
    """Cleans where anything left traces since the last time. Commits. Raises Unclean."""
    last = db.session.scalar(select(Upkeep.done_on).where(Upkeep.name == NAME))
    erased = select(Erased.idempotency_key).where(Erased.erased_on >= (last or date.min)).limit(1)
    removed = always or last is None or db.session.scalar(erased) is not None
    changed = _changed_batches()
    if not removed and _too_large():
        changed = {}  # their order stays until something is erased
    db.session.commit()
    if removed or changed:
        with single_statements() as connection:
            if connection.dialect.name == "sqlite":
                _rewrite_file(connection)
            else:
                _shuffle(connection, list(changed))
                _wait_for_readers(connection)
                _rewrite_invitations(connection)
                _rewrite_tables(connection, removed)
    _done(today, changed)
    return bool(removed or changed)


def _changed_batches() -> dict[uuid.UUID, int]:
    """Batches of anonymous questionnaires of which more was used since they were last put in a new order."""
    versions = db.session.scalars(select(Version).where(Version.status != Status.DRAFT))
    anonymous = {v.questionnaire_id for v in versions if definition_of(v).privacy.anonymous}
    counted = (
        select(Batch.id, func.count(Invitation.used_at).label("used"))
        .join(Invitation, Invitation.batch_id == Batch.id)
        .where(Batch.questionnaire_id.in_(anonymous))
        .group_by(Batch.id, Batch.shuffled_used)
        .having(func.count(Invitation.used_at) != Batch.shuffled_used)
    )
    return {row.id: row.used for row in db.session.execute(counted)}


def _file() -> Path | None:
    """Of SQLite."""
    name = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    return Path(name) if name and Path(name).is_file() else None


def _too_large() -> bool:
    file = _file()
    return file is not None and file.stat().st_size > LARGEST_FILE


def _rewrite_file(connection: Connection) -> None:
    """SQLite: every page written anew in the order of its keys, nothing left over, and an empty log."""
    file = _file()
    if file is not None and shutil.disk_usage(file.parent).free < COPIES * file.stat().st_size:
        raise NoRoom
    searching.tidy(connection)
    connection.exec_driver_sql("VACUUM")
    _empty_log(connection)


def _empty_log(connection: Connection) -> None:
    """Who waited writes now, and then empties the log too: meanwhile SQLite says busy without any patience."""
    for _try in range(TRIES):
        if not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
            return
        sleep(PAUSE)
    raise Unclean


def _wait_for_readers(connection: Connection) -> None:
    """PostgreSQL keeps what was removed for as long as somebody still reads what was before."""
    newest = connection.execute(text("SELECT CAST(pg_current_xact_id() AS text)")).scalar()
    older = text(
        "SELECT count(*), pg_sleep(CASE WHEN count(*) > 0 THEN 1 ELSE 0 END) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND greatest(age(backend_xmin), age(backend_xid)) > age(CAST(CAST(:newest AS xid8) AS xid))"
    )
    for _second in range(PATIENCE):
        if not connection.execute(older, {"newest": newest}).one()[0]:
            return
    raise Unclean


def _shuffle(connection: Connection, batches: Sequence[uuid.UUID]) -> None:
    """PostgreSQL: all invitations of a batch get one transaction's number, used or not; then they are written in
    the order of their random hashes. So do all counters, in the order of their key, in which those who use
    invitations take them. Whoever uses one meanwhile waits, and counts for the next day."""
    for batch in batches:
        connection.execute(
            text("UPDATE invitation SET used_at = used_at WHERE batch_id = :batch"), {"batch": batch}
        )
    connection.execute(_SHUFFLE_TALLIES)


def _rewrite_invitations(connection: Connection) -> None:
    connection.exec_driver_sql("CLUSTER invitation USING uq_invitation_token_hash")
    connection.exec_driver_sql("CLUSTER invitation_tally USING pk_invitation_tally")


def _rewrite_tables(connection: Connection, removed: bool) -> None:
    for table in PERSONAL if removed else ():
        size = connection.execute(text("SELECT pg_total_relation_size(:name)"), {"name": table}).scalar() or 0
        full = "FULL, " if size < LARGEST_REWRITTEN else ""
        connection.exec_driver_sql(f"VACUUM ({full}ANALYZE) {table}")
        if table == "comment" and not full:  # an index of words keeps those that no row has any more
            connection.exec_driver_sql(f"REINDEX INDEX CONCURRENTLY {searching.NAME}")


def _done(today: date, changed: dict[uuid.UUID, int]) -> None:
    for batch, used in changed.items():
        db.session.execute(update(Batch).where(Batch.id == batch).values(shuffled_used=used))
    db.session.execute(update(Upkeep).where(Upkeep.name == NAME).values(done_on=today, leased_until=None))
    db.session.commit()
