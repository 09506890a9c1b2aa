"""Takes note of messages to customers that did not arrive: contact data that are wrong are counted. A sweep."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select, update

from survey.cases import service
from survey.extensions import db
from survey.models import (
    Case,
    CaseHappened,
    CaseLetter,
    Contact,
    Message,
    MessageStop,
    Party,
    Reason,
    State,
)

BATCH = 500


def work_off() -> None:
    """A batch at a time. Commits."""
    while note():
        db.session.commit()
    db.session.rollback()


def note(limit: int = BATCH) -> int:
    """Returns how many were looked at. The caller commits."""
    fresh = (
        select(CaseLetter.message_id, CaseLetter.case_id, CaseLetter.number, Message.channel, Message.state, Message.recipient)
        .join(Message, Message.id == CaseLetter.message_id)
        .where(~CaseLetter.noted, Message.state != State.WAITING)
        .order_by(CaseLetter.case_id, CaseLetter.number)
        .limit(limit)
        .with_for_update(skip_locked=True, of=CaseLetter)
    )  # fmt: skip
    found = db.session.execute(fresh).all()
    done = [row.message_id for row in found]
    mine = update(CaseLetter).where(CaseLetter.message_id.in_(done)).values(noted=True)
    db.session.execute(mine, execution_options={"synchronize_session": False})
    lost = Counter(
        (row.case_id, row.number, row.channel, _bounced(row)) for row in found if row.state != State.SENT
    )
    for (case_id, number, channel, bounced), count in sorted(lost.items()):
        case = db.session.get_one(Case, case_id)
        details = {"of": number, "count": count} | ({"problem": Contact.WRONG.value} if bounced else {})
        service.record(case, CaseHappened.FAILED, Party.SYSTEM, channel=channel, details=details)
        if bounced and case.contacted_at is None:
            case.contact_problem = Contact.WRONG
    return len(found)


def _bounced(row: Any) -> bool:
    found = db.session.get(MessageStop, (row.recipient, row.channel))
    return found is not None and found.reason == Reason.BOUNCED
