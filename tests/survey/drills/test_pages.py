"""The pages of drills, and what they say to what makes no sense."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.models import Case, Drill, DrillPlan, Message, Unit, User
from tests import factories


@pytest.fixture
def ward(app: Flask) -> Unit:
    unit: Unit = factories.UnitFactory(code="ward")
    factories.UserFactory(role="administrator", name="Admin")
    return unit


@pytest.fixture
def head(ward: Unit, client: FlaskClient) -> User:
    user: User = factories.UserFactory(role="head_of_unit", unit=ward, name="Head", email="head@example.org")
    factories.sign_in(client, user)
    return user


def sent(**given: Any) -> dict[str, Any]:
    return {"unit": "ward", "severity": "serious", "when": "now"} | given


def test_a_head_begins_a_drill_acknowledges_it_and_reads_its_course(client: FlaskClient, head: User) -> None:
    answer = client.post("/duty/drills/new", data=sent())
    drill = db.session.scalars(select(Drill)).one()
    assert (answer.status_code, answer.location) == (303, f"/duty/drills/{drill.id}")
    case = db.session.scalars(select(Case)).one()
    for address in (f"/cases/{case.public_id}", "/cases/?view=mine"):
        assert "Drill" in client.get(address).text
    assert "it runs" in client.get(f"/duty/drills/{drill.id}").text
    template = db.session.scalars(select(Message.template).where(Message.user_id == head.id)).first()
    assert template == "case_drill"
    read_back = {"problem": "It is a drill", "promise": "Nothing to do", "seen": str(case.events_count)}
    assert client.post(f"/cases/{case.public_id}/acknowledge", data=read_back).status_code == 303
    assert client.post(f"/cases/{case.public_id}/end-drill", data={}).status_code == 303
    page = client.get(f"/duty/drills/{drill.id}").text
    assert "within the limit" in page and "Head" in page
    page = client.get("/duty/drills").text
    assert "within the limit" in page and "Every drill" in page


def test_files_hold_times_and_every_drill(client: FlaskClient, head: User) -> None:
    client.post("/duty/drills/new", data=sent())
    times = client.get("/duty/drills/times.csv").text
    assert times.count("\n") == 3 and "Unit ward" in times
    drills = client.get("/duty/drills/drills.csv?severity=serious").text
    assert drills.count("\n") == 2
    assert client.get("/duty/drills/drills.csv?severity=ordinary").text.count("\n") == 1
    assert client.get("/duty/drills/other.csv").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": ""}, "Please choose"),
        ({"severity": "dire"}, "Not a valid choice"),
        ({"when": "later"}, "Please fill this in."),
        ({"when": "later", "day": "2020-01-01", "at": "10:00"}, "Please give a time that is still to come."),
        ({"when": "later", "day": "2099-01-01", "at": "10:00"}, "At most 92 days ahead."),
        ({"when": "later", "day": "2026-13-01", "at": "10:00"}, "Please give a day such as"),
        ({"when": "later", "day": "2099-01-01", "at": "99:00"}, "Please give a time such as 08:30."),
    ],
)
def test_a_wrong_drill_is_told_beside_its_cause(
    client: FlaskClient, head: User, wrong: dict[str, Any], told: str
) -> None:
    answer = client.post("/duty/drills/new", data=sent(**wrong))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert db.session.scalar(select(Drill)) is None


def test_a_planned_one_is_listed_and_stopped(client: FlaskClient, head: User) -> None:
    day = (clock.now() + timedelta(days=3)).date().isoformat()
    answer = client.post("/duty/drills/new", data=sent(when="later", day=day, at="10:00"))
    assert "It begins by itself" in client.get(answer.location).text
    assert "To come" in client.get("/duty/drills").text
    assert client.post("/duty/drills/new", data=sent(when="later", day=day, at="10:00")).status_code == 422
    assert client.post(f"{answer.location}/stop").status_code == 303
    assert client.post(f"{answer.location}/stop").status_code == 303
    assert "It was stopped before it began." in client.get(answer.location).text


def test_a_monthly_drill_is_set_and_ended(client: FlaskClient, head: User) -> None:
    for severity in ("ordinary", "serious"):
        client.post("/duty/drills/monthly", data={"unit": "ward", "severity": severity})
    assert db.session.scalars(select(DrillPlan)).one().severity == "serious"
    assert "Unit ward" in client.get("/duty/drills").text
    assert client.post("/duty/drills/monthly", data={"unit": "", "severity": "x"}).status_code == 303
    assert client.post("/duty/drills/monthly/ward/end").status_code == 303
    assert db.session.scalar(select(DrillPlan)) is None


def test_what_is_not_the_head_s_is_not_found(client: FlaskClient, head: User) -> None:
    other: Unit = factories.UnitFactory(code="other")
    db.session.add(Drill(unit_id=other.id, severity="serious", asked_at=clock.now(), start_at=clock.now()))
    db.session.commit()
    number = db.session.scalars(select(Drill.id)).one()
    assert client.get(f"/duty/drills/{number}").status_code == 404
    assert client.post(f"/duty/drills/{number}/stop").status_code == 404
    assert client.get("/duty/drills?unit=other").status_code == 404
    assert client.post("/duty/drills/monthly/other/end").status_code == 404
    assert (
        client.post("/duty/drills/monthly", data={"unit": "other", "severity": "serious"}).status_code == 404
    )
    for unit in ("other", "nowhere"):
        assert client.post("/duty/drills/new", data=sent(unit=unit)).status_code == 404
