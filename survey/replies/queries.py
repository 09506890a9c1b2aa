"""Which replies a person may see and change."""

from __future__ import annotations

from sqlalchemy import select

from survey.access import limited
from survey.errors import Missing
from survey.extensions import db
from survey.models import PublicReply, User

NEWEST = 200


def replies(person: User) -> list[PublicReply]:
    """Drafts first, then the newest."""
    mine = limited(select(PublicReply), PublicReply.unit_id, person)
    order = PublicReply.released_at.is_not(None), PublicReply.done_on.desc(), PublicReply.id.desc()
    return list(db.session.scalars(mine.order_by(*order).limit(NEWEST)))


def reply_of(person: User, number: int) -> PublicReply:
    """Raises Missing, also for one of a foreign unit."""
    wanted = select(PublicReply).where(PublicReply.id == number)
    found = db.session.scalar(limited(wanted, PublicReply.unit_id, person))
    if found is None:
        raise Missing
    return found
