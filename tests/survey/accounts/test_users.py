"""Everybody's accounts, as administrators keep them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.accounts import queries, service
from survey.accounts.queries import Wanted
from survey.accounts.service import Person
from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import User
from tests.factories import UnitFactory, UserFactory
from tests.survey.accounts.people import alerts, is_signed_in, person, sign_in

NEW = "another long enough secret"


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    person(email="admin@example.org", role="administrator")
    sign_in(client, "admin@example.org")
    return client


def form(**given: str) -> dict[str, str]:
    return {
        "email": "new@example.org",
        "name": "New",
        "role": "staff",
        "unit": "ward",
        "locale": "en",
    } | given


def test_a_new_person_gets_a_link_and_comes_in_with_it(admin: FlaskClient, app: Flask) -> None:
    UnitFactory(code="ward")
    db.session.commit()
    page = admin.post("/users/new", data=form(email=" New@Example.org "))
    found = re.search(r"(/reset/[^<\s]+)", page.text)
    assert found
    newcomer = app.test_client()
    newcomer.post(found[1], data={"password": NEW, "password_confirm": NEW})
    sign_in(newcomer, "new@example.org", NEW)
    assert is_signed_in(newcomer)
    assert found[1] not in admin.get("/users").text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "no address"}, "This is not an e-mail address."),
        ({"email": "admin@example.org"}, "There is an account with this address already."),
        ({"name": " "}, "Please write a name of at most 120 characters."),
        ({"role": "king"}, "There is no such role."),
        ({"unit": ""}, "This role needs a unit."),
        ({"unit": "nowhere"}, "There is nothing here, or it is not yours to see."),
        ({"role": "administrator"}, "An administrator is there for every unit: please choose none."),
        ({"locale": "fr"}, "There is no such language here."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    admin: FlaskClient, given: dict[str, str], said: str
) -> None:
    UnitFactory(code="ward")
    db.session.commit()
    page = admin.post("/users/new", data=form(**given))
    assert page.status_code == 200
    assert alerts(page) == [said]
    assert f'value="{form(**given)["email"]}"' in page.text
    assert db.session.scalars(select(User.email)).all() == ["admin@example.org"]


def test_people_are_found_by_text_role_unit_and_state(app: Flask) -> None:
    house = UnitFactory(code="house")
    ward = UnitFactory(code="ward", parent=house)
    UserFactory(email="li@example.org", name="李梅", role="staff", unit=ward)
    UserFactory(email="head_100%@example.org", name="Head", role="head_of_unit", unit=house)
    UserFactory(email="gone@example.org", name="Gone", role="staff", unit=ward, active=False)

    def emails(**wanted: object) -> list[str]:
        return [user.email for user in queries.people(Wanted(**wanted)).people]  # type: ignore[arg-type]

    assert emails() == ["head_100%@example.org", "li@example.org"]
    assert emails(text="李") == ["li@example.org"]
    assert emails(text="LI@EX") == ["li@example.org"]
    assert emails(text="0%") == ["head_100%@example.org"]
    assert emails(text="_") == ["head_100%@example.org"]
    assert emails(role="staff") == ["li@example.org"]
    assert emails(unit="house") == ["head_100%@example.org", "li@example.org"]
    assert emails(unit="ward") == ["li@example.org"]
    assert emails(unit="nowhere") == []
    assert emails(closed=True) == ["gone@example.org"]


def test_many_people_come_in_pages(admin: FlaskClient) -> None:
    ward = UnitFactory(code="ward")
    for _n in range(60):
        UserFactory(role="staff", unit=ward)
    db.session.commit()
    assert "Page 1 of 2" in admin.get("/users").text
    assert admin.get("/users?page=2").text.count('<th scope="row">') == 11
    for odd in ("0", "-1", "x", "99999999999999999999"):
        assert admin.get(f"/users?page={odd}").status_code == 200


def test_the_last_administrator_can_neither_be_closed_nor_demoted(app: Flask) -> None:
    ward = UnitFactory()
    last = UserFactory(role="administrator")
    UserFactory(role="administrator", active=False)
    with pytest.raises(Conflict):
        service.close(last)
    with pytest.raises(Conflict):
        service.change(last, Person(last.email, last.name, "staff", ward, None))
    UserFactory(role="administrator")
    service.close(last)
    assert not last.active


def test_another_role_or_unit_ends_the_sessions_and_another_name_does_not(app: Flask) -> None:
    ward, other = UnitFactory(), UnitFactory()
    user = UserFactory(role="staff", unit=ward)
    before = user.fs_uniquifier
    assert service.change(user, Person(user.email, "Another", "staff", ward, "en"))
    assert user.fs_uniquifier == before
    assert service.change(user, Person(user.email, "Another", "staff", other, "en"))
    assert user.fs_uniquifier != before
    assert not service.change(user, Person(user.email, "Another", "staff", other, "en"))


def test_an_address_inside_the_house_is_an_address() -> None:
    assert Person("Admin@Hospital.LAN", "A", "administrator", None, None).email == "admin@hospital.lan"
    with pytest.raises(Invalid):
        Person("a\nb@example.org", "A", "administrator", None, None)


def test_closing_and_opening_again(admin: FlaskClient) -> None:
    user = person(email="ward@example.org", role="auditor")
    admin.post(f"/users/{user.id}/close")
    assert "Closed" in admin.get(f"/users/{user.id}").text
    admin.post(f"/users/{user.id}/reopen")
    assert db.session.get(User, user.id).active
    assert admin.post(f"/users/{user.id}/explode").status_code == 404
