"""Between the customer and those who look after the case.

The customer is known by a response alone: who holds its receipt reads and writes here, and nobody learns who it is.
Where a case is about several responses, each customer sees what was said to him or her, or to all, and nothing of the
others. Callers commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from survey import clock
from survey.cases import letters, service, texts
from survey.cases.life import told
from survey.cases.notices import tell
from survey.cases.opening import open_case
from survey.errors import Conflict
from survey.extensions import db
from survey.models import (
    Case,
    CaseEvent,
    CaseHappened,
    CaseResponse,
    CaseState,
    Limited,
    Party,
    Response,
    Severity,
    User,
)
from survey.processing import withdrawing
from survey.processing.letter_traces import mark

RECEIPT = "receipt"  # the channel: the page behind the receipt
MOST_UNANSWERED = 5  # messages of a customer in a row
ENDED = frozenset({CaseState.RESOLVED, CaseState.VERIFIED, CaseState.CLOSED})
CONTENT_FROM = 4  # of 5
WROTE = {
    "code": "customer_wrote",
    "names": {"en": "The customer wrote to us", "zh_Hans": "顾客留言", "zh_Hant": "顧客留言"},
}


class TooMany(Conflict):
    message = _l("You have written several times. Please wait for our answer.")


@dataclass(frozen=True, slots=True)
class Said:
    at: datetime
    party: str  # Party.CUSTOMER or Party.USER
    text: str
    number: int  # of the event


def case_of(response_id: uuid.UUID) -> Case | None:
    """The one that looks after the response now, or did so last."""
    mine = select(Case).join(CaseResponse).where(CaseResponse.response_id == response_id)
    case = db.session.scalar(mine.order_by(CaseResponse.running.desc(), Case.id.desc()).limit(1))
    while case is not None and case.merged_into is not None:
        case = case.merged_into
    return case


def talk(case: Case, response_id: uuid.UUID) -> list[Said]:
    """What this customer wrote and was told."""
    mine = mark(response_id)
    return [said for said, to in _messages(case) if to in ("", mine)]


def hear(case: Case, response_id: uuid.UUID, text: str) -> CaseEvent | None:
    """The customer writes. None where the same words are there already: the button was pressed twice."""
    words = told(text, "text")
    before = talk(case, response_id)
    last = before[-1] if before else None
    if last and (last.party, last.text) == (Party.CUSTOMER, words):
        return None
    if [one.party for one in before[-MOST_UNANSWERED:]] == [Party.CUSTOMER] * MOST_UNANSWERED:
        raise TooMany
    details = {"of": mark(response_id)}
    event = service.record(case, CaseHappened.MESSAGE, Party.CUSTOMER, words, RECEIPT, details)
    if case.owner:
        tell(case, case.owner, "case_written", Limited.CONTACT, case.due_contact_at)
    return event


def begin(response: Response, text: str) -> Case:
    """A customer whose answers nobody follows up writes: somebody has to answer."""
    told(text, "text")
    case = open_case(response.unit_id, Severity.ORDINARY, [response.id], [WROTE], clock.now())
    hear(case, response.id, text)
    return case


def say(case: Case, by: User, text: str, to: uuid.UUID | None = None, seen: int | None = None) -> CaseEvent:
    """An answer to one customer, or to all of the case."""
    if seen is not None and seen != case.events_count:
        raise Conflict(_l("Somebody else has changed this case meanwhile. Please look at it again."))
    details = {"of": mark(to)} if to else {}
    event = service.record(case, CaseHappened.MESSAGE, by, told(text, "text"), RECEIPT, details)
    letters.write(case, event, letters.ANSWERED, to)
    return event


def judge(case: Case, satisfaction: int, text: str = "") -> None:
    """How content the customer is with what was done. One who is, and is the only one, has verified it."""
    if case.state not in ENDED:
        raise Conflict(_l("This is possible when we have dealt with it."))
    service.rate(case, satisfaction, text)
    if case.state == CaseState.RESOLVED and case.responses == 1 and satisfaction >= CONTENT_FROM:
        service.verify(case, Party.CUSTOMER, "")


def refuse(case: Case, response_id: uuid.UUID, why: str) -> None:
    """The customer says that it is not solved."""
    if case.state not in ENDED:
        raise Conflict(_l("This is possible when we have dealt with it."))
    hear(case, response_id, why)
    service.reopen(case, Party.CUSTOMER, why)


def withdraw(response: Response) -> None:
    """The customer takes the contact details back; those who look after the case are told to use them no more."""
    if response.processed_at is None and response.failed_at is None:
        raise Conflict(_l("This is possible in a minute."))
    if withdrawing.withdraw(response):
        case = case_of(response.id)
        if case is not None:
            details = {"of": mark(response.id), "withdrawn": True}
            service.record(case, CaseHappened.CONTACT, Party.CUSTOMER, channel=RECEIPT, details=details)


def _messages(case: Case) -> Iterator[tuple[Said, str]]:
    """With the mark of whom it is from or to; empty for all."""
    kinds = CaseHappened.MESSAGE, CaseHappened.WAITING
    events = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind.in_(kinds))
    written = texts.of_case(case.id)
    for event in db.session.scalars(events.order_by(CaseEvent.number)):
        if event.kind == CaseHappened.WAITING and not event.details.get("asked"):
            continue  # written when customers did not read it
        text = written.get(event.number, {}).get("text")
        if text:  # it goes when the answers go
            yield Said(event.at, event.party, text, event.number), event.details.get("of", "")
