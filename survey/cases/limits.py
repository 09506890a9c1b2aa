"""Which of a case's limits is the next to be kept."""

from __future__ import annotations

from datetime import UTC, datetime

from survey.models import Case, CaseState

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_DONE = frozenset({CaseState.RESOLVED, CaseState.VERIFIED, CaseState.CLOSED})
_AWAITS_READ_BACK = frozenset({CaseState.OPEN, CaseState.NOTIFIED, CaseState.REOPENED})


def next_due(case: Case) -> datetime:
    """NEVER where nothing is due: no limit was set, or everything is done. While the customer is waited for, only
    the day until which that was said to last."""
    if case.state in _DONE:
        return NEVER
    if case.state == CaseState.WAITING:
        return case.waiting_until or NEVER
    due = [case.due_resolve_at]
    if case.state in _AWAITS_READ_BACK:
        due.append(case.due_acknowledge_at)
    if case.contacted_at is None:
        due.append(case.due_contact_at)
    return min((one for one in due if one), default=NEVER)
