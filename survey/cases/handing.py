"""Whom a case was given to so far, and who is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from survey.duty import queries
from survey.duty.plan import Found
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, User

HANDED = (CaseHappened.NOTIFIED, CaseHappened.ASSIGNED, CaseHappened.ESCALATED)


@dataclass(frozen=True, slots=True)
class Next:
    place: Found
    person: User
    holes: Mapping[str, str]  # the tiers before it in the chain of which nobody is there, and why

    @property
    def details(self) -> dict[str, Any]:
        """Of the event that tells of it."""
        found: dict[str, Any] = {"to": str(self.person.id), "duty": self.place.tier.value}
        return found | ({"holes": dict(self.holes)} if self.holes else {})


def handed(case: Case) -> Sequence[CaseEvent]:
    """Every time that somebody was given or told of it, in order."""
    mine = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind.in_(HANDED))
    return db.session.scalars(mine.order_by(CaseEvent.number)).all()


def next_person(case: Case, now: datetime) -> Next | None:
    """Of those who are there now, the first in the chain of those who were told least often."""
    told = Counter(event.details.get("to") for event in handed(case))
    there = _there(case, now)
    return min(there, key=lambda one: told[str(one.person.id)], default=None)


def not_told(case: Case, now: datetime, limit: str) -> Next | None:
    """The first in the chain, beside the owner, who was not told yet that this limit has passed."""
    told = {event.details.get("to") for event in handed(case) if event.details.get("limit") == limit}
    told.add(str(case.owner_id))
    return next((one for one in _there(case, now) if str(one.person.id) not in told), None)


def _there(case: Case, now: datetime) -> list[Next]:
    chain = queries.chain(case.unit, now)
    return [Next(place, person, _holes(chain, place)) for place, person in queries.people(chain)]


def _holes(chain: Sequence[Found], place: Found) -> dict[str, str]:
    before = chain[: chain.index(place)]
    return {one.tier.value: one.hole.value for one in before if one.person is None and one.hole}
