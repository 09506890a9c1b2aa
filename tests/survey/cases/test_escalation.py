"""What nobody answers goes on to the next, once each, however often the sweep runs or is cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from survey import clock, jobs
from survey.cases import escalation, service
from survey.duty.roster import Wanted, add_turn
from survey.extensions import db
from survey.models import Case, CaseEvent, CaseHappened, CaseKind, CaseState, Hours, Message, Tier, Unit, User
from tests import factories

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Travel = Callable[[timedelta], datetime]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    def go(after: timedelta) -> datetime:
        at = MONDAY + after
        monkeypatch.setattr(clock, "now", lambda: at)
        return at

    go(timedelta())
    return go


@pytest.fixture
def ward(any_app: Flask, travel: Travel) -> Unit:
    """A recipient, a deputy and an office by day, an officer at night, and an administrator behind them."""
    unit: Unit = factories.UnitFactory(code="ward")
    for name, tier, hours in (
        ("Recipient", Tier.RECIPIENT, Hours.WORKING),
        ("Deputy", Tier.DEPUTY, Hours.WORKING),
        ("Office", Tier.OFFICE, Hours.WORKING),
        ("Officer", Tier.OFFICER, Hours.OUTSIDE),
    ):
        who = factories.UserFactory(name=name, unit=unit, role="staff")
        add_turn(unit, Wanted(tier, who, date(2026, 11, 1), None, hours=hours))
    factories.UserFactory(name="Admin", role="administrator")
    db.session.commit()
    return unit


def opened(unit: Unit, severity: str = "serious", kind: str = CaseKind.FEEDBACK) -> Case:
    case = service.open_case(unit.id, severity, [], [], clock.now(), kind)
    db.session.commit()
    return case


def told(case: Case) -> list[tuple[str, str]]:
    """What happened by itself, and to whom the case went."""
    names = {str(user.id): user.name for user in db.session.scalars(select(User))}
    events = db.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)
    )
    return [
        (event.kind, names.get(event.details.get("to", ""), event.details.get("limit", "")))
        for event in events
        if event.kind != CaseHappened.OPENED
    ]


def messages() -> dict[str, int]:
    found: dict[str, int] = {}
    for message in db.session.scalars(select(Message).where(Message.channel == "in_app")):
        found[message.template] = found.get(message.template, 0) + 1
    return found


def test_a_case_goes_to_who_has_duty_and_on_until_somebody_answers(ward: Unit, travel: Travel) -> None:
    case = opened(ward)
    for minutes in (0, 10, 23, 29, 30, 31, 44, 45, 60, 75, 90, 95):
        travel(timedelta(minutes=minutes))
        jobs.escalate_cases()
        assert jobs.escalate_cases() == 0, minutes
    db.session.refresh(case)
    assert told(case) == [
        (CaseHappened.NOTIFIED, "Recipient"),
        (CaseHappened.WARNED, "acknowledge"),
        (CaseHappened.ESCALATED, "Deputy"),
        (CaseHappened.ESCALATED, "Office"),
        (CaseHappened.ESCALATED, "Admin"),
        (CaseHappened.ESCALATED, "Recipient"),  # begins anew
        (CaseHappened.ESCALATED, "Deputy"),
    ]
    assert case.due_acknowledge_at == MONDAY + timedelta(minutes=30)  # figures are told by the first limit
    assert messages() == {"case_assigned": 1, "case_warning": 1, "case_escalated": 5}
    travel(timedelta(minutes=100))
    service.acknowledge(case, case.owner, "Waited three hours", "I call her now")
    db.session.commit()
    travel(timedelta(minutes=150))
    assert jobs.escalate_cases() == 0


def test_at_night_the_officer_is_asked(ward: Unit, travel: Travel) -> None:
    travel(timedelta(hours=14))
    case = opened(ward)
    jobs.escalate_cases()
    assert told(case) == [(CaseHappened.NOTIFIED, "Officer")]


def test_ordinary_matters_wait_for_the_morning(ward: Unit, travel: Travel) -> None:
    travel(timedelta(hours=8))  # half an hour is left today, four hours are the limit
    case = opened(ward, "ordinary")
    for hours in (8, 12, 20, 24):
        travel(timedelta(hours=hours))
        jobs.escalate_cases()
    assert told(case) == [(CaseHappened.NOTIFIED, "Recipient")]
    travel(timedelta(hours=25, minutes=30))
    jobs.escalate_cases()
    assert told(case)[1:] == [(CaseHappened.WARNED, "acknowledge")]
    travel(timedelta(hours=28))
    jobs.escalate_cases()
    assert told(case)[2:] == [(CaseHappened.ESCALATED, "Officer")]  # 13:00 is a break: whoever is there then


def test_later_limits_tell_the_next_and_leave_the_case_where_it_is(ward: Unit, travel: Travel) -> None:
    case = opened(ward)
    jobs.escalate_cases()
    recipient = case.owner
    service.acknowledge(case, recipient, "Waited three hours", "I call her now")
    db.session.commit()
    for hours in (1, 3, 4, 5, 6, 7, 8):
        travel(timedelta(hours=hours))
        jobs.escalate_cases()
    db.session.refresh(case)
    assert case.owner == recipient and case.state == CaseState.ACKNOWLEDGED
    assert told(case)[2:] == [
        (CaseHappened.WARNED, "contact"),
        (CaseHappened.ESCALATED, "Officer"),  # at 13:00
        (CaseHappened.ESCALATED, "Deputy"),  # at 15:00
        (CaseHappened.ESCALATED, "Office"),  # at 17:00
    ]


def test_whoever_leaves_loses_the_case_to_the_next(ward: Unit, travel: Travel) -> None:
    case = opened(ward)
    jobs.escalate_cases()
    service.acknowledge(case, case.owner, "Waited three hours", "I call her now")
    case.owner.active = False
    db.session.commit()
    travel(timedelta(minutes=5))
    assert jobs.escalate_cases() == 1
    assert jobs.escalate_cases() == 0
    db.session.refresh(case)
    assert (told(case)[-1], case.state) == ((CaseHappened.ASSIGNED, "Deputy"), CaseState.NOTIFIED)
    for minutes in (25, 29, 31):
        travel(timedelta(minutes=minutes))
        jobs.escalate_cases()
    assert told(case)[-2:] == [(CaseHappened.WARNED, "acknowledge"), (CaseHappened.ESCALATED, "Office")]


def test_without_a_roster_and_people_it_is_looked_again(any_app: Flask, travel: Travel) -> None:
    case = opened(factories.UnitFactory())
    assert jobs.escalate_cases() == 0
    assert case.state == CaseState.OPEN
    factories.UserFactory(name="Admin", role="administrator")
    db.session.commit()
    travel(timedelta(minutes=9))
    assert jobs.escalate_cases() == 0
    travel(timedelta(minutes=10))
    assert jobs.escalate_cases() == 1
    assert told(case) == [(CaseHappened.NOTIFIED, "Admin")]


def test_what_is_cut_off_before_its_commit_has_not_happened(ward: Unit, travel: Travel) -> None:
    case = opened(ward)
    assert escalation.look(case.id, clock.now())
    db.session.rollback()  # as by kill -9
    assert (told(case), messages()) == ([], {})
    assert jobs.escalate_cases() == 1
    assert (len(told(case)), messages()) == (1, {"case_assigned": 1})


def test_one_case_that_cannot_be_handled_does_not_hold_up_the_others(
    ward: Unit, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = opened(ward), opened(ward)
    begin = escalation.begin

    def breaks(case: Case, now: datetime) -> None:
        if case.id == bad.id:
            raise ValueError
        begin(case, now)

    monkeypatch.setattr(escalation, "begin", breaks)
    assert jobs.escalate_cases() == 1
    assert (told(bad), told(good)) == ([], [(CaseHappened.NOTIFIED, "Recipient")])
    monkeypatch.setattr(escalation, "begin", begin)
    travel(timedelta(minutes=11))
    jobs.escalate_cases()
    assert told(bad) == [(CaseHappened.NOTIFIED, "Recipient")]


def test_a_case_that_becomes_serious_has_less_time_from_then_on(ward: Unit, travel: Travel) -> None:
    link = factories.link(unit=ward)
    response = factories.response(link, {"staff": 1})
    case = service.open_case(ward.id, "attention", [response.id], [{"code": "low"}], clock.now())
    db.session.commit()
    jobs.escalate_cases()
    travel(timedelta(minutes=40))
    service.open_case(ward.id, "serious", [response.id], [{"code": "self-harm"}], clock.now())
    db.session.commit()
    jobs.escalate_cases()
    assert case.due_acknowledge_at == MONDAY + timedelta(minutes=70)
