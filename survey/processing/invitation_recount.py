"""Counting personal invitations again: a part of `flask tallies verify|rebuild`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, select, text

from survey.extensions import db
from survey.models import InvitationTally
from survey.processing.invitation_tallies import Cell, Count, add, cells, counted

NOTHING = Count(0, 0)


def rebuild() -> None:
    """The caller commits. Until then nobody adds to the counters; SQLite writes one at a time anyway."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE invitation_tally IN SHARE ROW EXCLUSIVE MODE"))
    db.session.execute(delete(InvitationTally))
    add(connection, counted())


def differences() -> Iterator[tuple[Cell, Count, Count]]:
    """Each cell whose stored count is not that of a recount, in the order of the key: the cell and both."""
    rows = db.session.execute(select(*InvitationTally.__table__.columns))
    stored = {Cell(*row[:6]): Count(*row[6:]) for row in rows}
    found = cells(counted().items())
    for cell in sorted(stored.keys() | found.keys()):
        one, other = stored.get(cell, NOTHING), found.get(cell, NOTHING)
        if one != other:
            yield cell, one, other
