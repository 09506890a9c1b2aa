"""Time limits after a case was opened again, and where cases become one."""

from __future__ import annotations

from datetime import timedelta

from survey import jobs
from survey.cases import service, together
from survey.extensions import db
from survey.models import CaseCause, Unit
from tests import factories
from tests.survey.cases.test_escalation import Travel, opened, travel, ward

__all__ = ["travel", "ward"]
LIMITS = ("due_acknowledge_at", "due_contact_at", "due_resolve_at")


def test_a_reopened_case_gets_new_limits(ward: Unit, travel: Travel) -> None:
    case = opened(ward)
    jobs.escalate_cases()
    before = [getattr(case, name) for name in LIMITS]
    staff = factories.UserFactory(role="staff", unit=ward)
    cause = CaseCause(names={"en": "Waiting"})
    db.session.add(cause)
    db.session.flush()
    service.acknowledge(case, staff, "She waited long", "I call the ward")
    service.resolve(case, staff, cause, "A second counter", "She was told")
    at = travel(timedelta(days=7))
    service.reopen(case, staff, "It happened again")
    db.session.commit()
    jobs.escalate_cases()
    db.session.expire_all()
    after = [getattr(case, name) for name in LIMITS]
    assert all(new - old == timedelta(days=7) for new, old in zip(after, before, strict=True))
    assert min(after) > at and case.due_at == min(after)
    assert not (case.warned_acknowledge or case.warned_contact or case.warned_resolve)


def test_merged_cases_keep_the_earliest_of_their_limits(ward: Unit, travel: Travel) -> None:
    early = opened(ward, "ordinary")
    jobs.escalate_cases()
    travel(timedelta(hours=2))
    late = opened(ward, "ordinary")
    jobs.escalate_cases()
    db.session.expire_all()
    expected = [getattr(early, name) for name in LIMITS]
    assert all(getattr(late, name) > end for name, end in zip(LIMITS, expected, strict=True))
    together.merge(late, [early], factories.UserFactory(role="staff", unit=ward), "The same evening")
    db.session.commit()
    jobs.escalate_cases()
    db.session.expire_all()
    assert [getattr(late, name) for name in LIMITS] == expected
    assert late.due_at == min(expected)
