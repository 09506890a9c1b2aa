"""Opening a case, or adding to the one that is open already."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from survey.cases import tiers
from survey.cases.life import Step, locked, take
from survey.cases.limits import NEVER
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, CaseKind, CaseResponse, CaseState, Party, Severity

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another on the telephone
_LENGTH = 10  # 49 bits: whoever may not see the case learns nothing by guessing
_RANK = {Severity.ATTENTION: 0, Severity.ORDINARY: 1, Severity.SERIOUS: 2}
Reasons = Sequence[Mapping[str, Any]]  # {"code": of the rule, "names": {locale: words}}


@dataclass(frozen=True, slots=True)
class Opening:
    unit_id: int
    severity: str
    responses: Sequence[uuid.UUID]
    reasons: Reasons
    kind: str = CaseKind.FEEDBACK


def open_case(
    unit_id: int,
    severity: str,
    responses: Sequence[uuid.UUID],
    reasons: Reasons,
    at: datetime,
    kind: str = CaseKind.FEEDBACK,
) -> Case:
    """Responses that stand in an open case already stay there, and it learns the new reasons. The caller commits."""
    return open_cases([Opening(unit_id, severity, responses, reasons, kind)], at)[-1]


def open_cases(wanted: Sequence[Opening], at: datetime) -> list[Case]:
    """Many at once, first those that are new; each response stands in one of them."""
    known = set(_running([one for opening in wanted for one in opening.responses]))
    new: list[Opening] = []
    joining: list[Opening] = []
    for opening in wanted:
        (joining if known & set(opening.responses) else new).append(opening)
        known |= set(opening.responses)
    return [*_opened(new, at), *(_join(opening, at) for opening in joining)]


def _opened(wanted: Sequence[Opening], at: datetime) -> list[Case]:
    cases = [_new(opening, at) for opening in wanted]
    db.session.add_all(cases)
    db.session.flush()
    if cases:
        attach((case, opening.responses) for case, opening in zip(cases, wanted, strict=True))
        db.session.execute(insert(CaseEvent), [_first(case) for case in cases])
        found = tiers.of({one for opening in wanted for one in opening.responses})
        for case, opening in zip(cases, wanted, strict=True):
            tiers.raise_priority(case, opening.responses, found, at)
    return cases


def _new(opening: Opening, at: datetime) -> Case:
    """As it is after its first event; the worker sees to it next."""
    return Case(
        public_id="".join(secrets.choice(_LETTERS) for _letter in range(_LENGTH)),
        unit_id=opening.unit_id,
        kind=opening.kind,
        severity=opening.severity,
        state=CaseState.OPEN,
        reasons=[dict(reason) for reason in opening.reasons],
        responses=len(set(opening.responses)),
        opened_at=at,
        changed_at=at,
        look_at=at,
        due_at=NEVER,
        events_count=1,
    )


def _first(case: Case) -> dict[str, Any]:
    codes = [reason.get("code", "") for reason in case.reasons]
    return {
        "case_id": case.id,
        "number": 1,
        "at": case.opened_at,
        "kind": CaseHappened.OPENED,
        "party": Party.SYSTEM,
        "channel": "",
        "details": {"severity": case.severity, "reasons": codes},
    }


def attach(those: Iterable[tuple[Case, Iterable[uuid.UUID]]]) -> None:
    rows = [
        {"case_id": case.id, "response_id": one, "running": True}
        for case, responses in those
        for one in dict.fromkeys(responses)
    ]
    if rows:
        db.session.execute(insert(CaseResponse), rows)


def _running(responses: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The open case of each response that has one."""
    mine = CaseResponse.response_id.in_(list(responses)), CaseResponse.running.is_(True)
    rows = db.session.execute(select(CaseResponse.response_id, CaseResponse.case_id).where(*mine))
    return {row.response_id: row.case_id for row in rows}


def _join(opening: Opening, at: datetime) -> Case:
    """Adds to the case that is open for one of the responses already."""
    there = _running(opening.responses)
    fresh = [one for one in dict.fromkeys(opening.responses) if one not in there]
    case = locked(db.session.get_one(Case, min(there.values())))
    known = {reason.get("code") for reason in case.reasons}
    new = [dict(reason) for reason in opening.reasons if reason.get("code") not in known]
    worse = _RANK[Severity(opening.severity)] > _RANK[Severity(case.severity)]
    if not (fresh or new or worse):
        return case
    attach([(case, fresh)])
    case.reasons = [*case.reasons, *new]
    case.responses += len(fresh)
    details: dict[str, Any] = {"responses": len(fresh), "reasons": [one.get("code", "") for one in new]}
    if worse:
        details["severity"] = case.severity = opening.severity
    take(case, Step(CaseHappened.JOINED, Party.SYSTEM, details=details, at=at))
    tiers.raise_priority(case, fresh, tiers.of(fresh), at)
    return case
