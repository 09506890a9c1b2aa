"""A case from its opening to its end: what may follow what, and what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from survey import clock
from survey.cases import appeals, service, texts, together
from survey.cases.life import ALLOWED
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import (
    Case,
    CaseCause,
    CaseHappened,
    CaseKind,
    CaseResponse,
    CaseState,
    CaseText,
    Party,
)
from survey.processing import erasing
from tests import factories

pytestmark = pytest.mark.usefixtures("any_app")


@pytest.fixture
def people(any_app):  # type: ignore[no-untyped-def]
    unit = factories.UnitFactory()
    head = factories.UserFactory(role="head_of_unit", unit_id=unit.id)
    staff = factories.UserFactory(role="staff", unit_id=unit.id)
    quality = factories.UserFactory(role="quality_manager", unit_id=unit.id)
    return unit, head, staff, quality


def opened(unit, *responses, severity="serious", kind=CaseKind.FEEDBACK, code="low"):  # type: ignore[no-untyped-def]
    reasons = [{"code": code, "names": {"en": code}}]
    return service.open_case(unit.id, severity, [one.id for one in responses], reasons, clock.now(), kind)


def cause() -> CaseCause:
    made = CaseCause(names={"en": "Waiting"})
    db.session.add(made)
    db.session.flush()
    return made


def resolved(unit, staff) -> Case:  # type: ignore[no-untyped-def]
    case = opened(unit)
    service.acknowledge(case, staff, "Waited three hours", "I call her today")
    service.contact(case, staff, "phone", reached=True)
    service.resolve(case, staff, cause(), "Second nurse at noon", "She accepts the apology")
    return case


def test_a_case_goes_its_way_and_every_step_is_an_event_that_nobody_can_change(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, quality = people
    case = resolved(unit, staff)
    service.verify(case, quality, "I saw the new plan")
    service.close(case, staff, "The plan of October", service.Told(clock.now().date(), "phone"))
    db.session.commit()
    assert case.state == CaseState.CLOSED and case.due_at.year == 9999
    assert [event.number for event in case.events] == list(range(1, 7))
    assert texts.of_case(case.id)[2] == {"problem": "Waited three hours", "promise": "I call her today"}
    for statement in ("UPDATE case_event SET kind = 'note'", "DELETE FROM case_event"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(statement))
        db.session.rollback()


def test_what_was_written_is_sealed(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    service.acknowledge(opened(unit), staff, "Nurse Wang shouted", "I speak with her")
    assert b"Wang" not in db.session.scalars(select(CaseText.sealed)).one()


@pytest.mark.parametrize(
    ("problem", "promise", "field"), [("ok", "I call", "problem"), ("He waited", " ", "promise")]
)
def test_acknowledging_takes_both_halves_of_the_read_back(people, problem, promise, field) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    with pytest.raises(Invalid) as refused:
        service.acknowledge(opened(unit), staff, problem, promise)
    assert refused.value.field == field


def test_a_step_that_may_not_follow_is_refused(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, quality = people
    case = opened(unit)
    for step in (
        lambda: service.resolve(case, staff, cause(), "measure", "outcome"),
        lambda: service.verify(case, quality, "seen"),
        lambda: service.reopen(case, staff, "why"),
        lambda: service.close(case, staff, "evidence", service.Told(clock.now().date(), "phone")),
        lambda: service.contact(case, staff, "phone", reached=True),
    ):
        with pytest.raises(Conflict):
            step()
    assert case.state == CaseState.OPEN


def test_from_every_state_there_is_a_way_to_the_end() -> None:
    assert set(ALLOWED) == set(CaseState)
    reached = {CaseState.CLOSED}
    while more := {state for state, to in ALLOWED.items() if to & reached} - reached:
        reached |= more
    assert reached == set(CaseState)


def test_nobody_verifies_the_own_resolution_but_the_customer_may(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    case = resolved(unit, staff)
    with pytest.raises(Conflict):
        service.verify(case, staff, "all good")
    service.verify(case, Party.CUSTOMER, "")
    assert case.state == CaseState.VERIFIED


def test_two_rules_about_one_response_make_one_case_with_the_graver_severity(people) -> None:  # type: ignore[no-untyped-def]
    unit, *_others = people
    link = factories.link(unit=unit)
    first, second = factories.response(link, {"staff": 1}), factories.response(link, {"staff": 1})
    one = opened(unit, first, severity="attention")
    other = opened(unit, first, second, severity="serious", code="safety")
    again = opened(unit, first, severity="ordinary", code="safety")
    assert one.id == other.id == again.id
    assert (one.severity, one.responses, one.events_count) == ("serious", 2, 2)
    assert [reason["code"] for reason in one.reasons] == ["low", "safety"]


def test_who_is_handed_an_acknowledged_case_reads_it_back_anew(people) -> None:  # type: ignore[no-untyped-def]
    unit, head, staff, _quality = people
    case = opened(unit)
    service.acknowledge(case, staff, "She waited", "I call her")
    first = case.acknowledged_at
    service.assign(case, head, staff)
    assert (case.state, case.owner_id) == (CaseState.NOTIFIED, head.id)
    service.acknowledge(case, head, "She waited", "I call her")
    assert case.acknowledged_at == first


def test_the_limit_for_resolving_waits_while_the_customer_is_waited_for(people, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    case, now = opened(unit), clock.now()
    case.due_resolve_at = now + timedelta(days=2)
    service.acknowledge(case, staff, "She waited", "I call her")
    service.wait(case, staff, "Her bill", now + timedelta(days=5))
    assert case.due_at == now + timedelta(days=5)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=3))
    service.record(case, CaseHappened.MESSAGE, Party.CUSTOMER, "Here it is")
    assert case.state == CaseState.IN_PROGRESS
    assert abs(case.due_resolve_at - (now + timedelta(days=5))) < timedelta(minutes=1)


def test_who_saw_an_older_state_is_told_so(people) -> None:  # type: ignore[no-untyped-def]
    unit, head, staff, _quality = people
    case = opened(unit)
    seen = case.events_count
    service.assign(case, head, staff, seen)
    with pytest.raises(Conflict):
        service.acknowledge(case, staff, "She waited", "I call her", seen)


def test_merged_cases_end_and_their_responses_go_on_in_one(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    link = factories.link(unit=unit)
    first, second = factories.response(link, {"staff": 1}), factories.response(link, {"staff": 1})
    stays, goes = opened(unit, first, severity="ordinary"), opened(unit, second)
    together.merge(stays, [goes], staff, "The same family")
    assert (goes.state, goes.merged_into_id) == (CaseState.CLOSED, stays.id)
    assert (stays.severity, stays.responses) == ("serious", 2)
    running = select(func.count()).where(CaseResponse.running, CaseResponse.case_id == stays.id)
    assert db.session.scalar(running) == 2
    with pytest.raises(Conflict):
        service.reopen(goes, staff, "no")


def test_a_response_whose_case_is_closed_may_open_another_and_then_the_first_stays_closed(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, quality = people
    said = factories.response(factories.link(unit=unit), {"staff": 1})
    case = opened(unit, said)
    appeals.appeal(case, staff, "Not our ward")
    appeals.decide(case, quality, True, "Right")
    assert case.state == CaseState.CLOSED
    assert opened(unit, said).id != case.id
    with pytest.raises(Conflict):
        service.reopen(case, quality, "Was right after all")


def test_an_upheld_appeal_passes_the_case_to_the_unit_that_answers_for_it(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, quality = people
    other = factories.UnitFactory()
    case = opened(unit)
    service.acknowledge(case, staff, "She waited", "I call her")
    appeals.appeal(case, staff, "It was the pharmacy")
    appeals.decide(case, quality, True, "It was", to=other)
    assert (case.unit_id, case.owner_id, case.state, case.appeal) == (
        other.id,
        None,
        CaseState.NOTIFIED,
        None,
    )


def test_a_drill_ends_when_it_was_acknowledged(people) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    case = opened(unit, kind=CaseKind.DRILL)
    service.acknowledge(case, staff, "A drill it is", "Nothing to do")
    service.end_drill(case, staff)
    assert case.state == CaseState.CLOSED


@pytest.mark.parametrize("way", ["erase", "retire", "strip"])
def test_when_the_answers_go_the_case_keeps_no_text_of_them(people, way) -> None:  # type: ignore[no-untyped-def]
    unit, _head, staff, _quality = people
    said = factories.response(factories.link(unit=unit), {"staff": 1, "why": "Nurse Wang shouted"})
    case = opened(unit, said)
    service.acknowledge(case, staff, "Nurse Wang shouted", "I speak with her")
    if way == "strip":
        erasing.strip([said.id])
    else:
        getattr(erasing, way)([said.id], clock.now().date())
    assert texts.of_case(case.id) == {}
    assert (case.responses, len(case.events)) == (1, 2)
