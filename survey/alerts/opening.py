"""The cases that alerts open: one for each response and each burst, however many rules found it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from survey.alerts.active import Active
from survey.alerts.raising import Raised
from survey.cases import opening
from survey.extensions import db
from survey.models import AlertMatch, Severity

_WORST_FIRST = [Severity.SERIOUS, Severity.ORDINARY, Severity.ATTENTION]


def open_cases(raised: Iterable[Raised], at: datetime) -> None:
    """In the transaction that raised them; what was held for the digest opens none."""
    together: dict[uuid.UUID, list[Raised]] = {}
    for one in raised:
        if not one.held:
            together.setdefault(_key(one), []).append(one)
    opening.open_cases([_opening(those) for those in together.values()], at)


def _opening(those: Sequence[Raised]) -> opening.Opening:
    severity = min((one.rule.severity for one in those), key=lambda s: _WORST_FIRST.index(Severity(s)))
    return opening.Opening(those[0].unit_id, severity, _responses(those), [reason(one.rule) for one in those])


def reason(rule: Active) -> dict[str, Any]:
    return {"code": f"rule-{rule.rule_id}", "names": dict(rule.names)}


def _key(one: Raised) -> uuid.UUID:
    return one.id if one.rule.terms.burst else one.responses[0]


def _responses(those: Sequence[Raised]) -> list[uuid.UUID]:
    """All of a burst: so it joins the case that is open for those who came before."""
    if not those[0].rule.terms.burst:
        return list(those[0].responses)
    mine = select(AlertMatch.response_id).where(AlertMatch.alert_id == those[0].id)
    return list(db.session.scalars(mine.order_by(AlertMatch.happened_on, AlertMatch.response_id)))
