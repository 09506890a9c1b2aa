"""The priority of a case by the tier of its customers. Whoever calls commits.

The tier comes with the service event or with the import, and never with an anonymous response: that knows no service
event, and an import stores none with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from survey import audit
from survey.cases.life import Step, take
from survey.cells import clean
from survey.errors import Invalid
from survey.extensions import db
from survey.models import (
    LONGEST_TIER,
    Case,
    CaseHappened,
    CustomerTier,
    Invitation,
    Party,
    Response,
    ServiceEvent,
)

HIGHEST = 3


def every() -> dict[str, int]:
    """The priority of each tier that has one, by its code."""
    rows = db.session.execute(select(CustomerTier.code, CustomerTier.priority).order_by(CustomerTier.code))
    return {row.code: row.priority for row in rows}


def keep(code: str, priority: int) -> None:
    """Of cases that are opened from now on; the usual priority, 0, takes the tier out. Raises Invalid."""
    code = tidy(code)
    if not code or len(code) > LONGEST_TIER:
        raise Invalid(_l("Please write 1 to %(n)s characters.", n=LONGEST_TIER), field="code")
    if priority not in range(HIGHEST + 1):
        raise Invalid(_l("Please choose one."), field="priority")
    row = db.session.get(CustomerTier, code)
    if priority == 0:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(CustomerTier(code=code, priority=priority))
    else:
        row.priority = priority
    audit.record(audit.Deed.CHANGED, audit.Thing("customer_tier", code, code), {"priority": priority})


def tidy(code: str) -> str:
    """As it is compared: case and spaces around it say nothing."""
    return " ".join(clean(code).split()).lower()


def of(responses: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[int, str]]:
    """Priority and code of those whose tier has a priority."""
    known, ids = every(), list(responses)
    if not known or not ids:
        return {}
    code = func.coalesce(Response.tier, ServiceEvent.tier)
    rows = db.session.execute(
        select(Response.id, code.label("code"))
        .outerjoin(Invitation, Invitation.id == Response.invitation_id)
        .outerjoin(ServiceEvent, ServiceEvent.id == Invitation.service_event_id)
        .where(Response.id.in_(ids), code.in_(known))
    )
    return {row.id: (known[row.code], row.code) for row in rows}


def raise_priority(
    case: Case,
    responses: Iterable[uuid.UUID],
    found: Mapping[uuid.UUID, tuple[int, str]],
    at: datetime,
) -> None:
    """To the highest of these customers', if that is higher; the event says why."""
    priority, code = max((found[one] for one in responses if one in found), default=(0, ""))
    if priority > case.priority:
        details = {"priority": {"from": case.priority, "to": priority}, "tier": code}
        case.priority = priority
        take(case, Step(CaseHappened.PRIORITISED, Party.SYSTEM, details=details, at=at))
