"""A drill goes the way of a case, is measured, and is no case to anybody who counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import clock, jobs
from survey.cases import measuring, service
from survey.cases.service import open_case
from survey.digests.open_cases import open_cases
from survey.drills import course, history, monthly, queries, sweep
from survey.drills.service import ask, stop
from survey.duty.roster import Wanted, add_turn
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import Case, CaseKind, Drill, Hours, Message, Tally, Tier, Unit, User
from tests import factories

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Travel = Callable[[float], datetime]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    def go(minutes: float) -> datetime:
        at = MONDAY + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: at)
        return at

    go(0)
    return go


@pytest.fixture
def ward(any_app: Flask, travel: Travel) -> Unit:
    """A recipient and an office, no deputy and no head; an administrator behind them."""
    unit: Unit = factories.UnitFactory(code="ward")
    for name, tier in (("Recipient", Tier.RECIPIENT), ("Office", Tier.OFFICE)):
        who = factories.UserFactory(name=name, unit=unit, role="staff")
        add_turn(unit, Wanted(tier, who, date(2026, 11, 1), None, hours=Hours.WORKING))
    factories.UserFactory(name="Admin", role="administrator")
    db.session.commit()
    return unit


def person(name: str) -> User:
    return db.session.scalars(select(User).where(User.name == name)).one()


def begun(unit: Unit, severity: str = "serious") -> Drill:
    drill = ask(unit, severity, None, person("Admin"))
    db.session.commit()
    return drill


def answered(drill: Drill, by: str) -> None:
    assert drill.case is not None
    service.acknowledge(drill.case, person(by), "A drill it is", "Nothing to do")
    service.end_drill(drill.case, person(by))
    db.session.commit()


def test_a_drill_tells_who_was_told_when_how_and_who_was_passed_over(ward: Unit, travel: Travel) -> None:
    drill = begun(ward)
    for minutes in (23, 30, 31, 45):
        travel(minutes)
        jobs.escalate_cases()
    travel(50)
    answered(drill, "Admin")
    assert drill.case is not None
    steps = course.told(drill.case)
    assert [(one.kind, one.tier, one.person.name, one.minutes) for one in steps if one.person] == [
        ("notified", "recipient", "Recipient", 0),
        ("warned", "", "Recipient", 23),
        ("escalated", "office", "Office", 30),
        ("escalated", "last", "Admin", 45),
    ]
    assert [dict(one.skipped) for one in steps] == [
        {},
        {},
        {"deputy": "no_roster", "head": "no_roster"},
        {},
    ]
    assert [one.answered for one in steps] == [False, False, False, True]
    assert {message.template for one in steps for message in one.messages} == {"case_drill"}
    assert {message.channel for message in steps[0].messages} >= {"in_app"}
    assert (course.minutes(drill.case), course.within(drill.case, clock.now())) == (50, False)
    assert drill.case.closed_at is not None


def test_one_that_is_planned_begins_once_however_often_the_job_runs(ward: Unit, travel: Travel) -> None:
    drill = ask(ward, "ordinary", MONDAY + timedelta(minutes=60), person("Admin"))
    db.session.commit()
    assert jobs.begin_drills() == 0 and drill.case is None
    now = travel(61)
    assert sweep.begin(drill.id, now) is True
    db.session.rollback()  # killed before it could commit
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0
    assert jobs.begin_drills() == 1
    assert jobs.begin_drills() == 0 and sweep.begin(drill.id, now) is False
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1
    assert (
        db.session.scalar(select(func.count()).select_from(Message).where(Message.channel == "in_app")) == 1
    )


def test_a_drill_counts_in_no_figure_digest_or_tally(ward: Unit, travel: Travel) -> None:
    drill = begun(ward)
    real = open_case(ward.id, "serious", [], [], clock.now())
    real.owner_id = person("Recipient").id
    db.session.commit()
    asked = measuring.Asked(MONDAY.date(), MONDAY.date(), "Asia/Shanghai")
    assert len(measuring.rows(person("Admin"), asked)) == 1
    told = open_cases(person("Recipient"), clock.now())
    assert len(told.lines) == 1
    assert drill.case is not None and drill.case.public_id not in str(told)
    assert db.session.scalar(select(func.count()).select_from(Tally)) == 0


def test_real_cases_cannot_be_ended_as_drills_nor_drills_worked_on_as_cases(ward: Unit) -> None:
    drill, real = begun(ward), open_case(ward.id, "serious", [], [], clock.now())
    service.acknowledge(real, person("Admin"), "A real matter", "We look at it")
    with pytest.raises(Conflict):
        service.end_drill(real, person("Admin"))
    assert drill.case is not None
    service.acknowledge(drill.case, person("Admin"), "A drill it is", "Nothing to do")
    with pytest.raises(Conflict, match="drill"):
        service.start(drill.case, person("Admin"))
    service.end_drill(drill.case, person("Admin"))
    with pytest.raises(Conflict, match="drill"):
        service.reopen(drill.case, person("Admin"), "Once more")


def test_a_second_drill_waits_and_a_stopped_one_says_so(ward: Unit, travel: Travel) -> None:
    drill = begun(ward)
    with pytest.raises(Conflict, match="running"):
        ask(ward, "serious", None, person("Admin"))
    travel(5)
    stop(drill, person("Admin"))
    db.session.commit()
    assert drill.stopped_at is not None and drill.case is not None
    assert (drill.case.closed_at is not None, course.within(drill.case, clock.now())) == (True, None)
    with pytest.raises(Conflict):
        stop(drill, person("Admin"))
    travel(600)
    assert jobs.escalate_cases() == 0
    planned = ask(ward, "serious", MONDAY + timedelta(days=1), person("Admin"))
    stop(planned, person("Admin"))
    db.session.commit()
    travel(3000)
    assert jobs.begin_drills() == 0


@pytest.mark.parametrize("minutes", [-1, 0, 200 * 24 * 60])
def test_a_time_that_is_over_or_far_away_is_refused(ward: Unit, minutes: int) -> None:
    with pytest.raises(Invalid):
        ask(ward, "serious", MONDAY + timedelta(minutes=minutes), person("Admin"))


def test_history_compares_units_and_keeps_those_that_nobody_answered(ward: Unit, travel: Travel) -> None:
    other: Unit = factories.UnitFactory(code="other")
    for number, minutes in enumerate((5, 10, 15, 40)):
        travel(1440 * number)
        drill = begun(ward)
        travel(1440 * number + minutes)
        answered(drill, "Recipient")
    travel(1440 * 4)
    begun(other)
    now = travel(1440 * 4 + 120)
    days = queries.Asked(date(2026, 11, 1), date(2026, 12, 31), "Asia/Shanghai")
    drills = queries.begun(person("Admin"), days)
    mine = [one for one in drills if one.unit_id == ward.id]
    parts = [history.Part("Ward", mine), history.Part("Other", [one for one in drills if one not in mine])]
    table = history.card(history.Part("All", drills), parts, now, "en").table
    assert table is not None
    whole, first, second = ([cell.raw for cell in row] for row in table.rows)
    assert (first[1], first[5], first[6], first[7], first[10]) == (0.2083, 4, 0, 75.0, 4)
    assert (second[1], second[5], second[6], second[7]) == (None, 1, 1, 0.0)
    assert (whole[5], whole[6], whole[7]) == (5, 1, 60.0)


def test_a_monthly_drill_comes_once_a_month_at_a_working_hour(ward: Unit, travel: Travel) -> None:
    monthly.set_plan(ward, "ordinary", person("Admin"))
    db.session.commit()
    for _time in range(3):
        jobs.begin_drills()
    (drill,) = db.session.scalars(select(Drill)).all()
    local = drill.start_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert drill.start_at >= MONDAY and local.month == 11 and local.weekday() < 5
    assert 8 <= local.hour < 18
    assert queries.to_come(person("Admin")) == []  # nobody knows
    travel((drill.start_at - MONDAY) / timedelta(minutes=1))
    assert jobs.begin_drills() == 1
    assert drill.case is not None and drill.case.kind == CaseKind.DRILL
    travel(60 * 24 * 10)  # December
    assert jobs.begin_drills() == 1
    assert db.session.scalar(select(func.count()).select_from(Drill)) == 2
    monthly.set_plan(ward, None, person("Admin"))
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Drill)) == 1
    assert jobs.begin_drills() == 0


def test_each_minute_that_is_left_of_the_month_may_be_chosen(
    ward: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = [
        (MONDAY, MONDAY + timedelta(minutes=2)),
        (MONDAY + timedelta(hours=5), MONDAY + timedelta(hours=6)),
    ]
    for at, minutes in ((0, 0), (1, 1), (2, 300), (61, 359)):
        monkeypatch.setattr(monthly.secrets, "randbelow", lambda most, at=at: at)
        assert monthly._any_minute(spans) == MONDAY + timedelta(minutes=minutes)
    assert monthly._any_minute([]) is None
