"""Who is there: turns by week and by day, nights, absences, people who left, the units above, and holes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from survey import clock
from survey.duty import holes, keeping, queries
from survey.duty.holes import State
from survey.duty.plan import Hole, Plan
from survey.duty.roster import Wanted, add_absence, add_turn, remove_turn
from survey.duty.working import WORKDAY
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import DutyTurn, Hours, Tier, Unit, User
from tests import factories

MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("app")


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.fixture
def hospital() -> Unit:
    unit: Unit = factories.UnitFactory(code="hospital", kind="branch")
    return unit


@pytest.fixture
def ward(hospital: Unit) -> Unit:
    unit: Unit = factories.UnitFactory(code="ward", parent=hospital)
    return unit


def person(unit: Unit | None, name: str, role: str = "staff") -> User:
    made: User = factories.UserFactory(unit=unit, name=name, role=role)
    return made


def turn(unit: Unit, tier: Tier, who: User, **given: Any) -> DutyTurn:
    return add_turn(unit, Wanted(tier, who, **({"first_on": MONDAY, "last_on": None} | given)))


def name_of(unit: Unit, tier: Tier, when: str) -> str | Hole | None:
    found = queries.on_duty(unit, tier, at(when))
    return found.person.name if found.person else found.hole


def test_a_turn_of_every_week_a_night_and_a_single_day(ward: Unit) -> None:
    li, wang, zhao = (person(ward, name) for name in ("Li", "Wang", "Zhao"))
    turn(ward, Tier.RECIPIENT, li, weekdays="1111100", start=480, end=1050)
    turn(ward, Tier.RECIPIENT, wang, weekdays="1111100", start=1050, end=480)
    turn(
        ward,
        Tier.RECIPIENT,
        zhao,
        first_on=date(2026, 11, 25),
        last_on=date(2026, 11, 25),
        start=480,
        end=1050,
    )
    assert name_of(ward, Tier.RECIPIENT, "2026-11-24 10:00") == "Li"
    assert name_of(ward, Tier.RECIPIENT, "2026-11-24 23:00") == "Wang"
    assert name_of(ward, Tier.RECIPIENT, "2026-11-28 07:59") == "Wang"  # the night of Friday
    assert name_of(ward, Tier.RECIPIENT, "2026-11-28 08:00") is Hole.UNCOVERED
    assert name_of(ward, Tier.RECIPIENT, "2026-11-25 10:00") == "Zhao"  # goes before every week's
    assert name_of(ward, Tier.RECIPIENT, "2026-11-22 10:00") is Hole.UNCOVERED  # not begun


def test_turns_by_the_calendar_follow_holidays_and_days_worked_instead(ward: Unit) -> None:
    turn(ward, Tier.RECIPIENT, person(ward, "Day"), hours=Hours.WORKING)
    turn(ward, Tier.OFFICER, person(ward, "Night"), hours=Hours.OUTSIDE)
    keeping.add_day(ward, date(2026, 11, 25), "Holiday", False, None)
    keeping.add_day(ward, date(2026, 11, 28), "Worked instead", True, None)
    for when, tier, name in (
        ("2026-11-25 10:00", Tier.OFFICER, "Night"),
        ("2026-11-28 10:00", Tier.RECIPIENT, "Day"),
        ("2026-11-28 12:30", Tier.OFFICER, "Night"),
        ("2026-11-29 10:00", Tier.OFFICER, "Night"),
    ):
        assert name_of(ward, tier, when) == name
    assert name_of(ward, Tier.RECIPIENT, "2026-11-25 10:00") is Hole.UNCOVERED


def test_every_second_week(ward: Unit) -> None:
    turn(ward, Tier.DEPUTY, person(ward, "Even"), every=2)
    turn(ward, Tier.DEPUTY, person(ward, "Odd"), every=2, first_on=date(2026, 11, 30))
    days = ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15")
    assert [name_of(ward, Tier.DEPUTY, f"{day} 10:00") for day in days] == ["Even", "Odd", "Even", "Odd"]


def test_what_a_unit_has_not_comes_from_above(ward: Unit, hospital: Unit) -> None:
    turn(hospital, Tier.OFFICER, person(hospital, "Officer", "quality_manager"), hours=Hours.OUTSIDE)
    found = queries.on_duty(ward, Tier.OFFICER, at("2026-11-24 23:00"))
    assert (found.person and found.person.name, found.unit_id) == ("Officer", hospital.id)


def test_an_absent_person_is_replaced_and_one_who_left_is_passed_over(ward: Unit, hospital: Unit) -> None:
    li, wang, boss = person(ward, "Li"), person(ward, "Wang"), person(hospital, "Boss", "quality_manager")
    turn(ward, Tier.RECIPIENT, li)
    turn(hospital, Tier.RECIPIENT, boss)
    add_absence(li, (date(2026, 11, 24), date(2026, 11, 25)), wang)
    found = queries.on_duty(ward, Tier.RECIPIENT, at("2026-11-24 10:00"))
    assert (found.person, found.instead_of) == (wang, li)
    wang.active = False
    assert name_of(ward, Tier.RECIPIENT, "2026-11-24 10:00") == "Boss"
    li.active = False
    assert name_of(ward, Tier.RECIPIENT, "2026-11-30 10:00") == "Boss"
    boss.active = False
    assert name_of(ward, Tier.RECIPIENT, "2026-11-30 10:00") is Hole.LEFT
    assert name_of(ward, Tier.RECIPIENT, "2026-11-24 10:00") is Hole.LEFT


def test_two_who_stand_in_for_each_other_end_in_a_hole(ward: Unit) -> None:
    li, wang = person(ward, "Li"), person(ward, "Wang")
    turn(ward, Tier.RECIPIENT, li)
    add_absence(li, (MONDAY, MONDAY), wang)
    add_absence(wang, (MONDAY, MONDAY), li)
    assert name_of(ward, Tier.RECIPIENT, "2026-11-23 10:00") is Hole.ABSENT


def test_the_chain_ends_in_the_office_or_the_officer_and_never_in_nobody(ward: Unit, hospital: Unit) -> None:
    admin = person(None, "Admin", "administrator")
    assert [one for one in queries.chain(ward, at("2026-11-24 10:00")) if one.person] == [
        queries.Found(Tier.LAST, admin)
    ]
    head, quality = person(ward, "Head", "head_of_unit"), person(hospital, "Quality", "quality_manager")
    turn(ward, Tier.RECIPIENT, person(ward, "Li"), hours=Hours.WORKING)
    turn(hospital, Tier.OFFICE, quality)
    turn(hospital, Tier.OFFICER, person(hospital, "Officer", "head_of_unit"), hours=Hours.OUTSIDE)
    day = queries.chain(ward, at("2026-11-24 10:00"))
    assert [(one.tier, one.person.name if one.person else one.hole) for one in day] == [
        (Tier.RECIPIENT, "Li"),
        (Tier.DEPUTY, Hole.NO_ROSTER),
        (Tier.HEAD, "Head"),  # by the account, nobody needs to enter it
        (Tier.OFFICE, "Quality"),
        (Tier.LAST, "Head"),
        (Tier.LAST, "Quality"),
        (Tier.LAST, "Admin"),
    ]
    night = queries.people(queries.chain(ward, at("2026-11-24 23:00")))
    assert [one.name for _found, one in night] == ["Officer", "Head", "Quality", "Admin"]
    head.active = False
    assert queries.first(ward, at("2026-11-24 23:00")) is not None


def test_the_days_to_come_show_holes_and_who_is_alone(ward: Unit) -> None:
    turn(ward, Tier.RECIPIENT, person(ward, "Li"), hours=Hours.WORKING, weekdays="1101100")
    turn(ward, Tier.OFFICE, person(ward, "Office"), hours=Hours.WORKING)
    turn(ward, Tier.OFFICER, person(ward, "Night"), hours=Hours.OUTSIDE, last_on=date(2026, 11, 26))
    days = holes.days_of(Plan([ward], MONDAY), ward.id, MONDAY, 5)
    assert [day.state for day in days] == [
        State.COVERED,
        State.COVERED,
        State.HOLE,
        State.COVERED,
        State.HOLE,
    ]
    only = person(factories.UnitFactory(), "Only")
    assert only.unit is not None
    turn(only.unit, Tier.RECIPIENT, only, hours=Hours.WORKING)
    (day,) = holes.days_of(Plan([only.unit], MONDAY), only.unit_id or 0, MONDAY, 1)
    assert [one.state for one in day.stretches if one.working] == [State.ALONE, State.ALONE]
    (morning, afternoon) = days[2].holes
    assert (morning.needed, morning.why) == (Tier.RECIPIENT, Hole.UNCOVERED)
    assert (morning.start, morning.end) == (at("2026-11-25 08:00"), at("2026-11-25 12:00"))
    assert (afternoon.start, afternoon.end) == (at("2026-11-25 13:30"), at("2026-11-25 17:30"))
    assert {hole.needed for hole in days[4].holes} == {Tier.OFFICER}
    (gap,) = holes.gaps(Plan([ward], MONDAY), [ward], MONDAY, at("2026-11-23 08:00"), 5)
    assert (gap.first.start, gap.days) == (at("2026-11-25 08:00"), 2)


def test_the_same_duty_is_not_given_twice(ward: Unit) -> None:
    li, wang = person(ward, "Li"), person(ward, "Wang")
    turn(ward, Tier.RECIPIENT, li, weekdays="1000000", start=1050, end=480)
    with pytest.raises(Conflict) as refused:
        turn(ward, Tier.RECIPIENT, wang, weekdays="0100000", start=420, end=600)
    assert (refused.value.field, "Li" in str(refused.value)) == ("person", True)
    turn(ward, Tier.RECIPIENT, wang, weekdays="0100000", start=480, end=600)
    turn(ward, Tier.DEPUTY, wang, weekdays="1000000", start=1050, end=480)
    with pytest.raises(Conflict):
        turn(ward, Tier.RECIPIENT, wang, every=3, first_on=date(2026, 12, 7), start=1080, end=1100)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last_on": date(2026, 11, 22)}, "last_on"),
        ({"weekdays": "0000000"}, "weekdays"),
        ({"weekdays": "0000011", "last_on": date(2026, 11, 25)}, "weekdays"),
        ({"tier": Tier.LAST}, "tier"),
    ],
)
def test_turns_that_make_no_sense_are_told(ward: Unit, given: dict[str, Any], field: str) -> None:
    wanted = {"tier": Tier.RECIPIENT, "person": person(ward, "Li"), "first_on": MONDAY, "last_on": None}
    with pytest.raises(Invalid) as refused:
        add_turn(ward, Wanted(**(wanted | given)))
    assert refused.value.field == field


def test_nobody_without_an_account_of_use_is_entered(ward: Unit, hospital: Unit) -> None:
    other = factories.UnitFactory(parent=hospital)
    closed = person(ward, "Closed")
    closed.active = False
    for who in (closed, person(None, "Auditor", "auditor"), person(other, "Elsewhere")):
        with pytest.raises(Invalid) as refused:
            turn(ward, Tier.RECIPIENT, who)
        assert refused.value.field == "person"
    turn(
        hospital, Tier.OFFICER, person(other, "In turn", "head_of_unit")
    )  # heads share the hospital's nights


def test_absences_are_in_order_and_none_is_entered_twice(ward: Unit) -> None:
    li, wang = person(ward, "Li"), person(ward, "Wang")
    for days, who, field in (
        ((MONDAY, date(2026, 11, 22)), wang, "last_on"),
        ((MONDAY, date(2028, 1, 1)), wang, "last_on"),
        ((MONDAY, MONDAY), li, "substitute"),
        ((MONDAY, MONDAY), person(None, "Auditor", "auditor"), "substitute"),
    ):
        with pytest.raises(Invalid) as refused:
            add_absence(li, days, who)
        assert refused.value.field == field
    add_absence(li, (MONDAY, date(2026, 11, 25)), None)
    with pytest.raises(Conflict):
        add_absence(li, (date(2026, 11, 25), date(2026, 11, 30)), wang)


def test_what_was_on_duty_stays_known_when_a_turn_is_taken_away(ward: Unit) -> None:
    kept = turn(ward, Tier.RECIPIENT, person(ward, "Li"))
    remove_turn(kept, date(2026, 11, 25))
    assert name_of(ward, Tier.RECIPIENT, "2026-11-24 10:00") == "Li"
    assert name_of(ward, Tier.RECIPIENT, "2026-11-25 10:00") is Hole.UNCOVERED
    with pytest.raises(Conflict):
        remove_turn(kept, date(2026, 11, 26))
    coming = turn(ward, Tier.DEPUTY, person(ward, "Wang"), first_on=date(2026, 12, 1))
    remove_turn(coming, date(2026, 11, 25))
    assert db.session.get(DutyTurn, coming.id) is None


def test_hours_zone_and_days_of_a_unit_hold_below_it(ward: Unit, hospital: Unit) -> None:
    keeping.set_week(hospital, "Europe/Berlin", [((360, 840),)] * 7)
    keeping.add_day(hospital, date(2026, 12, 25), "Christmas", False, None)
    keeping.add_day(ward, date(2026, 12, 25), "On call", True, ((600, 720),))
    keeping.add_day(ward, date(2026, 12, 26), "", True, None)
    found = Plan([ward], MONDAY).calendar(ward.id)
    assert found.timezone == "Europe/Berlin"
    assert [found.spans(date(2026, 12, day)) for day in (24, 25, 26)] == [
        ((360, 840),),
        ((600, 720),),
        ((360, 840),),
    ]
    assert Plan([ward], MONDAY).calendar(hospital.id).spans(date(2026, 12, 25)) == ()
    keeping.set_week(hospital, None, None)
    assert Plan([ward], MONDAY).calendar(ward.id).weekly[0] == WORKDAY
    with pytest.raises(Invalid):
        keeping.set_week(ward, "Moon/Crater", None)


def test_now_is_read_from_the_house_clock_only(ward: Unit) -> None:
    turn(ward, Tier.RECIPIENT, person(ward, "Li"), first_on=date(2000, 1, 1))
    assert queries.first(ward, clock.now()) is not None
