"""Messages to customers who said how they want to be reached: that there is an answer, and where it is read.

Neither the answer nor anything else that was said stands in them. Whoever sends them learns only that there are some:
the details stay sealed, and go from there into the sealed message.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey.cases import queries
from survey.channels import CHANNELS, EMAIL, SMS
from survey.config import Settings
from survey.extensions import db
from survey.locales import say
from survey.models import Case, CaseEvent, CaseLetter, Message, Response, Unit
from survey.outbox import limits, registry, service
from survey.outbox.recipients import Address
from survey.processing import withdrawing
from survey.processing.letter_traces import mark
from survey.sealing import Unreadable

BY = {"email": EMAIL, "phone": SMS}
_SAMPLE = {
    "unit": "Ward 3",
    "receipt": "7KQ2-9FXM-3TB1",
    "link": "https://survey.example.org/receipt/7KQ2-9FXM-3TB1/case",
}
ANSWERED, ASKED, RESOLVED = "customer_answered", "customer_asked", "customer_resolved"
registry.register(ANSWERED, title=_l("To a customer: we have answered"), sample=_SAMPLE, to_respondents=True)
registry.register(ASKED, title=_l("To a customer: we have a question"), sample=_SAMPLE, to_respondents=True)
registry.register(
    RESOLVED, title=_l("To a customer: we have dealt with it"), sample=_SAMPLE, to_respondents=True
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages of one event by one channel."""

    channel: str
    state: str
    failure: str | None
    count: int
    at: datetime | None  # when the last of them left


def write(case: Case, event: CaseEvent, template: str, to: uuid.UUID | None = None) -> int:
    """To one customer, or to all of the case who can be reached; returns to how many. The caller commits."""
    those = [one for one in queries.responses(case) if to in (None, one.id)]
    return sum(_write(event, template, response) for response in those)


def _write(event: CaseEvent, template: str, response: Response) -> bool:
    address = _address(response)
    if address is None:
        return False
    cause = f"case:{event.case_id}:{event.number}:customer:{mark(response.id)}"
    if not service.put(cause, address, template, _fields(response)):
        return False
    number = db.session.scalars(select(Message.id).where(Message.cause == cause)).one()
    row = {"case_id": event.case_id, "number": event.number, "mark": mark(response.id)}
    db.session.add(CaseLetter(message_id=number, noted=False, **row))
    return True


def _address(response: Response) -> Address | None:
    """The first way that is set up and was not refused before; else one whose message says why it is not sent."""
    ways = withdrawing.ways(response).items()
    found = [Address(BY[way], text, response.locale) for way, text in ways if way in BY]
    good = [one for one in found if not limits.bounced(one)]
    return next(_ready(good), None) or next(iter([*good, *found]), None)


def _ready(those: Iterable[Address]) -> Iterator[Address]:
    for one in those:
        try:
            if CHANNELS[one.channel].ready():
                yield one
        except Unreadable:  # its settings, sealed under another key
            continue


def _fields(response: Response) -> dict[str, str]:
    settings: Settings = current_app.extensions["settings"]
    unit = db.session.get_one(Unit, response.unit_id)
    return {
        "unit": say(unit.names, response.locale),
        "receipt": response.receipt,
        "link": f"{settings.base_url}/receipt/{response.receipt}/case",
    }


def of_case(case: Case) -> dict[int, list[Sent]]:
    """By the number of the event that they tell of."""
    kinds = CaseLetter.number, Message.channel, Message.state, Message.failure
    statement = (
        select(*kinds, func.count().label("times"), func.max(Message.sent_at).label("at"))
        .join(Message, Message.id == CaseLetter.message_id)
        .where(CaseLetter.case_id == case.id)
        .group_by(*kinds)
        .order_by(*kinds)
    )
    found: dict[int, list[Sent]] = {}
    for row in db.session.execute(statement):
        one = Sent(row.channel, row.state, row.failure, row.times, row.at)
        found.setdefault(row.number, []).append(one)
    return found
