"""The pages of duty, and what they say to what makes no sense."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.duty import service
from survey.duty.limits import Limit
from survey.extensions import db
from survey.models import Absence, DutyTurn, Limited, SpecialDay, Unit, User, WorkCalendar
from tests import factories

ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20271001
DTEND;VALUE=DATE:20271008
SUMMARY:国庆节（休）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20271009
SUMMARY:国庆节
 （班）
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def ward(app: Flask) -> Unit:
    unit: Unit = factories.UnitFactory(code="ward")
    return unit


@pytest.fixture
def head(ward: Unit, client: FlaskClient) -> User:
    user: User = factories.UserFactory(role="head_of_unit", unit=ward, name="Head", email="head@example.org")
    factories.sign_in(client, user)
    return user


def turn(**given: Any) -> dict[str, Any]:
    return {
        "tier": "recipient",
        "person": "head@example.org",
        "hours": "fixed",
        "start": "08:00",
        "end": "17:00",
        "weekdays": ["0", "1"],
        "every": "1",
        "first_on": "2027-01-04",
        "last_on": "",
    } | given


def test_a_head_enters_a_turn_sees_it_and_takes_it_away(client: FlaskClient, head: User) -> None:
    assert client.post("/duty/units/ward/turns/new", data=turn()).status_code == 303
    stored = db.session.scalars(select(DutyTurn)).one()
    assert (stored.weekdays, stored.start_minute, stored.end_minute) == ("1100000", 480, 1020)
    page = client.get("/duty/units/ward?week=2027-01-04").text
    assert "08:00–17:00" in page and "Head" in page
    assert client.post(f"/duty/turns/{stored.id}/remove").status_code == 303
    assert db.session.scalar(select(DutyTurn)) is None


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": "nobody@example.org"}, "There is nobody of this name"),
        ({"person": ""}, "Please choose one."),
        ({"start": ""}, "Please fill this in."),
        ({"start": "25:00"}, "Please give a time such as 08:30."),
        ({"weekdays": []}, "Please choose at least one day."),
        ({"last_on": "2027-01-03"}, "The last day lies before the first one."),
        ({"last_on": "2027-02-30"}, "Please give a day such as"),
    ],
)
def test_a_wrong_turn_is_told_beside_its_cause_and_nothing_is_lost(
    client: FlaskClient, head: User, wrong: dict[str, Any], told: str
) -> None:
    answer = client.post("/duty/units/ward/turns/new", data=turn(**wrong))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert 'value="2027-01-04"' in answer.text
    assert db.session.scalar(select(DutyTurn)) is None


def test_a_turn_that_somebody_has_is_refused_by_name(client: FlaskClient, head: User) -> None:
    client.post("/duty/units/ward/turns/new", data=turn())
    answer = client.post("/duty/units/ward/turns/new", data=turn(start="16:00", end="20:00"))
    assert (answer.status_code, "Head has this duty already" in answer.text) == (422, True)


def test_an_absence_is_entered_and_ended(client: FlaskClient, head: User) -> None:
    days = {"person": "head@example.org", "first_on": "2027-01-04", "last_on": "2027-01-08", "substitute": ""}
    assert client.post("/duty/absences/new", data=days).status_code == 303
    assert client.post("/duty/absences/new", data=days).status_code == 422
    row = db.session.scalars(select(Absence)).one()
    assert "Head" in client.get("/duty/absences").text
    assert client.post(f"/duty/absences/{row.id}/remove").status_code == 303
    assert db.session.scalar(select(Absence)) is None


def test_working_hours_of_a_unit_are_set_and_given_back(client: FlaskClient, head: User) -> None:
    week = {f"day_{number}": "" for number in range(7)} | {"day_0": "8-12，14:00～18:00", "timezone": ""}
    assert client.post("/duty/units/ward/calendar", data=week | {"own": "own"}).status_code == 303
    row = db.session.scalars(select(WorkCalendar)).one()
    assert row.weekly is not None and row.weekly[0] == [[480, 720], [840, 1080]]
    wrong = client.post("/duty/units/ward/calendar", data=week | {"own": "own", "day_1": "22:00-06:00"})
    assert (wrong.status_code, "ends before it begins" in wrong.text) == (422, True)
    assert client.post("/duty/units/ward/calendar", data=week | {"own": ""}).status_code == 303
    assert db.session.scalar(select(WorkCalendar)) is None


def test_a_year_of_holidays_is_imported_from_icalendar_and_again_changes_nothing(
    client: FlaskClient, head: User
) -> None:
    path = "/duty/units/ward/calendar/import"
    checked = client.post(path, data={"file": (io.BytesIO(ICS.encode()), "2027.ics"), "check": "1"})
    assert "New: 8" in checked.text and db.session.scalar(select(SpecialDay)) is None
    assert "Imported." in client.post(path, data={"text": ICS, "store": "1"}).text
    rows = {row.day: row.working for row in db.session.scalars(select(SpecialDay))}
    assert [rows[date(2027, 10, day)] for day in (1, 7, 9)] == [False, False, True]
    assert "As before: 8" in client.post(path, data={"text": ICS, "store": "1"}).text


def test_a_csv_of_days_is_imported_whole_or_not_at_all(client: FlaskClient, head: User) -> None:
    path = "/duty/units/ward/calendar/import"
    wrong = "date,kind,name,hours\n2027-01-01,休,元旦,\n2027-13-01,holiday,,\n2027-01-02,perhaps,,\n"
    page = client.post(path, data={"text": wrong, "store": "1"}).text
    assert "Line 3" in page and "Line 4" in page and db.session.scalar(select(SpecialDay)) is None
    good = "日期,kind\n".replace("日期", "date") + "2027/1/1,休\n20270102,班\n"
    assert "Imported." in client.post(path, data={"text": good, "store": "1"}).text
    assert len(db.session.scalars(select(SpecialDay)).all()) == 2


def test_limits_are_set_shown_and_refused_beside_their_cause(
    client: FlaskClient, head: User, ward: Unit
) -> None:
    path = "/duty/units/ward/limits"
    given = {"serious_acknowledge": "2", "serious_acknowledge_unit": "clock_hours"}
    assert client.post(path, data=given).status_code == 303
    assert service.limits_of(ward)["serious", Limited.ACKNOWLEDGE] == Limit(120, True)
    for wrong, told in (
        (given | {"serious_acknowledge_unit": ""}, "Please give both"),
        (given | {"serious_acknowledge_unit": "moons"}, "Please give both"),
        (given | {"serious_acknowledge": "9"}, "This ends before an earlier step"),
        (given | {"serious_acknowledge": "-1"}, "Between one minute"),
    ):
        answer = client.post(path, data=wrong)
        assert (answer.status_code, told in answer.text) == (422, True), wrong


def test_holes_are_shown_to_whoever_can_mend_them_and_to_nobody_else(
    client: FlaskClient, head: User, ward: Unit
) -> None:
    factories.published()
    db.session.commit()
    assert "There is no duty roster yet" in client.get("/results").text
    client.post("/duty/units/ward/turns/new", data=turn(first_on="2026-01-01"))
    page = client.get("/duty").text
    assert "days with a hole" in page
    assert "a hole in its duty roster" in client.get("/results").text
    auditor = factories.UserFactory(role="auditor")
    factories.sign_in(client, auditor)
    assert "a hole in its duty roster" not in client.get("/results").text
    assert "Enter a turn" not in client.get("/duty/units/ward").text
