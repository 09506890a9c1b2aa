"""One drill, step by step: who was told when and by which channel, who was passed over, who answered."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from survey.cases.handing import HANDED
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, Message, User

TOLD = (*HANDED, CaseHappened.WARNED)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was told: by the chain, by hand, or reminded."""

    at: datetime
    kind: str  # CaseHappened
    minutes: float  # since the beginning
    tier: str  # of the chain; empty where a person handed it over
    person: User | None
    skipped: Mapping[str, str]  # tiers of which nobody was there, and why; those said before are left out
    messages: Sequence[Message]
    answered: bool  # this is who acknowledged


def told(case: Case) -> list[Told]:
    events = _events(case)
    people, messages = _people(case, events), _messages(case, events)
    return list(_told(case, events, people, messages))


def _told(
    case: Case, events: Sequence[CaseEvent], people: Mapping[str, User], messages: Mapping[int, list[Message]]
) -> Iterator[Told]:
    before: dict[str, str] = {}
    owner: User | None = None
    for event in events:
        holes: dict[str, str] = event.details.get("holes", {})
        owner = people.get(event.details.get("to", ""), owner)
        yield Told(
            at=event.at,
            kind=event.kind,
            minutes=_minutes(case, event.at),
            tier=event.details.get("duty", ""),
            person=owner,
            skipped={tier: why for tier, why in holes.items() if before.get(tier) != why},
            messages=messages.get(event.number, []),
            answered=event is _last_before_answer(case, events),
        )
        before |= holes


def _last_before_answer(case: Case, events: Sequence[CaseEvent]) -> CaseEvent | None:
    """The last time that whoever acknowledged was told; None where nobody did, or somebody who was not told."""
    if case.acknowledged_at is None:
        return None
    theirs = [
        event
        for event in events
        if event.details.get("to") == str(case.acknowledged_by_id) and event.at <= case.acknowledged_at
    ]
    return theirs[-1] if theirs else None


def minutes(case: Case) -> float | None:
    """Until it was acknowledged."""
    return None if case.acknowledged_at is None else _minutes(case, case.acknowledged_at)


def within(case: Case, now: datetime) -> bool | None:
    """Whether it was acknowledged within the limit; None where that is not known: it runs, or was stopped before."""
    due = case.due_acknowledge_at
    if due is None:
        return None
    if case.acknowledged_at is not None:
        return case.acknowledged_at <= due
    return False if (case.closed_at or now) > due else None


def _minutes(case: Case, at: datetime) -> float:
    return max(0.0, (at - case.opened_at).total_seconds() / 60)


def _events(case: Case) -> Sequence[CaseEvent]:
    mine = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind.in_(TOLD))
    return db.session.scalars(mine.order_by(CaseEvent.number)).all()


def _people(case: Case, events: Sequence[CaseEvent]) -> dict[str, User]:
    ids = {uuid.UUID(event.details["to"]) for event in events if "to" in event.details}
    rows = db.session.scalars(select(User).where(User.id.in_(ids)))
    return {str(person.id): person for person in rows}


def _messages(case: Case, events: Sequence[CaseEvent]) -> dict[int, list[Message]]:
    """By the number of the event that caused them, see cases/notices.py."""
    causes: dict[str, Any] = {f"case:{case.id}:{event.number}": event.number for event in events}
    rows = db.session.scalars(
        select(Message).where(Message.cause.in_(list(causes))).order_by(Message.channel)
    )
    found: dict[int, list[Message]] = defaultdict(list)
    for message in rows:
        found[causes[message.cause]].append(message)
    return found
