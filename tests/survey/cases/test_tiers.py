"""Cases of customers whose tier has a priority are opened with it, and say why."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.cases import service, tiers, together
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Case, CaseEvent, CustomerTier, Invitation, Link, Response, ServiceEvent
from tests import factories
from tests.survey.respond.visiting import invited


@pytest.fixture
def link(any_app: Flask) -> Link:
    tiers.keep("VIP ", 2)
    tiers.keep("gold", 1)
    return _link(anonymous=False)


def _link(**privacy: bool) -> Link:
    given = factories.document()["privacy"] | privacy
    return factories.link(questionnaire=factories.published(privacy=given))


def _said(link: Link, **given: Any) -> Response:
    return factories.response(link, {"staff": 1}, **given)


def _case(link: Link, *responses: Response) -> Case:
    reasons = [{"code": "low", "names": {"en": "Low"}}]
    ids = [one.id for one in responses]
    made = service.open_case(link.unit_id, "ordinary", ids, reasons, clock.now())
    db.session.commit()
    return made


def test_the_highest_tier_decides_and_the_case_says_so(any_app: Flask, link: Link) -> None:
    case = _case(link, _said(link, tier="gold"), _said(link, tier="vip"), _said(link, tier="usual"))
    assert case.priority == 2
    event = db.session.scalars(select(CaseEvent).where(CaseEvent.kind == "prioritised")).one()
    assert event.details == {"priority": {"from": 0, "to": 2}, "tier": "vip"}
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory(role="staff", unit=link.unit))
    page = client.get(f"/cases/{case.public_id}?lang=en").text
    assert "Priority: High" in page and "customer tier “vip”" in page


def test_the_tier_comes_from_the_service_event_of_an_invitation(any_app: Flask, link: Link) -> None:
    _token, invitation = invited(factories.published(code="other"))
    event = db.session.get_one(ServiceEvent, invitation.service_event_id)
    event.tier = "vip"
    known = db.session.get_one(Invitation, invitation.id)
    assert _case(link, _said(link, invitation_id=known.id)).priority == 2


def test_who_joins_a_case_raises_it_and_never_lowers_it(link: Link) -> None:
    first = _said(link, tier="gold")
    case = _case(link, first)
    assert case.priority == 1
    _case(link, first, _said(link, tier="vip"))
    assert case.priority == 2
    _case(link, first, _said(link, tier="gold"))
    assert case.priority == 2


def test_merged_cases_have_the_higher_priority(link: Link) -> None:
    into, other = _case(link, _said(link)), _case(link, _said(link, tier="vip"))
    together.merge(into, [other], factories.UserFactory(role="staff", unit=link.unit), "The same evening")
    assert into.priority == 2


@pytest.fixture
def admin(any_app: Flask) -> FlaskClient:
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory(role="administrator"))
    return client


def test_administrators_set_and_remove_tiers(admin: FlaskClient) -> None:
    def sent(code: str, priority: str) -> int:
        return admin.post("/cases/tiers", data={"code": code, "priority": priority}).status_code

    assert sent("Gold  Card", "1") == 303
    assert sent("gold card", "3") == 303
    assert tiers.every() == {"gold card": 3}
    assert "gold card" in admin.get("/cases/tiers").text
    assert sent("gold card", "0") == 303
    assert db.session.scalars(select(CustomerTier)).all() == []


@pytest.mark.parametrize(("code", "priority"), [("", "1"), ("x" * 41, "1"), ("vip", "9"), ("vip", "")])
def test_what_is_no_tier_is_refused_beside_its_field(admin: FlaskClient, code: str, priority: str) -> None:
    answer = admin.post("/cases/tiers", data={"code": code, "priority": priority})
    assert answer.status_code == 422
    assert tiers.every() == {}


def test_a_priority_that_does_not_exist_is_refused(any_app: Flask) -> None:
    with pytest.raises(Invalid):
        tiers.keep("vip", 4)
