"""The pages of rules: written with care, tried before they are switched on, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.alerts.active import terms_of
from survey.extensions import db
from survey.models import Rule
from tests import factories
from tests.survey.alerts.making import process, rule, unhappy

TODAY = clock.today("Asia/Shanghai")
GIVEN = {
    "names_en": "Unhappy",
    "severity": "ordinary",
    "match": "all",
    "rating": "staff|2",
    "at_least": "1",
    "within_days": "1",
    "most_days": "1",
    "valid_from": "2026-01-01",
}


@pytest.fixture
def link(app: Flask) -> Any:
    return factories.link(unit=factories.UnitFactory(code="ward", names={"en": "Ward five"}))


@pytest.fixture
def manager(app: Flask, link: Any) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=link.unit))
    return client


def answer(link: Any, staff: int, why: str | None = None, times: int = 1) -> None:
    for _ in range(times):
        said = {"staff": staff} | ({"why": why} if why else {})
        factories.response(link, said, submitted_on=TODAY - timedelta(days=2))


def post(client: FlaskClient, path: str, **given: Any) -> Any:
    return client.post(path, data=GIVEN | {"unit": "ward"} | given)


def stored() -> list[Rule]:
    return list(db.session.scalars(select(Rule)))


def test_a_rule_is_written_tried_and_switched_on(link: Any, manager: FlaskClient) -> None:
    answer(link, 5, times=9)
    answer(link, 1, "王建国医生态度恶劣，太差了。")
    process()
    sent = post(manager, "/alerts/rules/new?questionnaire=small", alarms=[], words="", about="")
    assert sent.status_code == 303
    (made,) = stored()
    assert not made.now.active
    page = manager.get(sent.location).text
    assert "It would have raised 1 alert." in page
    assert "医生态度恶劣" in page
    assert "王建国" not in page
    assert manager.post(f"/alerts/rules/{made.id}/on").status_code == 303
    db.session.expire_all()
    assert stored()[0].now.active


def test_every_condition_of_the_form_comes_back_as_it_was_given(link: Any, manager: FlaskClient) -> None:
    given = {
        "detractor": "y",
        "contact": "y",
        "alarms": ["bribe", "legal"],
        "words": "退款\nrefund*\n\n退款",
        "about": "waiting",
        "topics": ["waiting", "price"],
        "match": "any",
        "most": "4",
        "at_least": "3",
        "sure": "y",
    }
    assert post(manager, "/alerts/rules/new?questionnaire=small", **given).status_code == 303
    (made,) = stored()
    terms = terms_of(made.now.terms)
    assert [part.kind for part in terms.parts] == [
        "rating",
        "detractor",
        "contact",
        "alarm",
        "words",
        "negative",
    ]
    assert (terms.match, terms.at_least, made.now.most) == ("any", 3, 4)
    page = manager.get(f"/alerts/rules/{made.id}/change").text
    assert "退款\nrefund*" in page.replace("\r", "")
    assert (
        'value="staff|2" selected' in page.replace("selected value", "value")
        or 'selected value="staff|2"' in page
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rating": ""}, "at least one condition"),
        ({"names_en": ""}, "Please give it a name"),
        ({"words": "*"}, "finds nothing or nearly everything"),
        ({"at_least": "0"}, "whole number"),
        ({"valid_to": "2025-01-01"}, "before the first"),
        ({"rating": "staff|x"}, "Please choose one"),
        ({"alarms": ["boredom"]}, "not a valid choice"),
    ],
)
def test_what_makes_no_rule_is_told_and_nothing_typed_is_lost(
    manager: FlaskClient, given: dict[str, Any], said: str
) -> None:
    sent = post(manager, "/alerts/rules/new?questionnaire=small", **({"most": "77"} | given))
    assert sent.status_code == 422
    assert said in sent.text
    assert 'value="77"' in sent.text
    assert stored() == []


def test_doubts_are_told_before_saving_and_may_be_set_aside(link: Any, manager: FlaskClient) -> None:
    rule(link.unit, unhappy(), names={"en": "The first one"})
    db.session.commit()
    sent = post(manager, "/alerts/rules/new?questionnaire=all", rating="", detractor="y")
    assert (sent.status_code, "can never fire" in sent.text) == (422, True)
    sent = post(manager, "/alerts/rules/new?questionnaire=small", severity="serious")
    assert (sent.status_code, "contradicts the rule “The first one”" in sent.text) == (422, True)
    assert len(stored()) == 1
    sent = post(manager, "/alerts/rules/new?questionnaire=small", severity="serious", sure="y")
    assert sent.status_code == 303


def test_a_change_stays_beside_what_held_before(link: Any, manager: FlaskClient) -> None:
    made = rule(link.unit, unhappy(), questionnaire=link.questionnaire)
    db.session.commit()
    assert post(manager, f"/alerts/rules/{made.id}/change", severity="attention").status_code == 303
    page = manager.get(f"/alerts/rules/{made.id}").text
    assert "“ordinary” became “attention”" in page
    assert post(manager, f"/alerts/rules/{made.id}/change", severity="attention").status_code == 422


def test_alerts_are_listed_and_filtered(link: Any, manager: FlaskClient) -> None:
    made = rule(link.unit, unhappy(), names={"en": "Very unhappy"}, most=1)
    answer(link, 1, times=3)
    process()
    assert manager.get("/alerts/").text.count("<h2><a") == 3
    assert manager.get(f"/alerts/?told=digest&rule={made.id}&unit=ward").text.count("<h2><a") == 2
    assert "No alert found" in manager.get("/alerts/?severity=serious").text
    assert manager.get("/alerts/?unit=nowhere&rule=x&severity=y&older=z").status_code == 200


def test_pages_of_alerts_follow_each_other_without_gaps(
    link: Any, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.alerts.queries.PAGE", 2)
    rule(link.unit, unhappy())
    answer(link, 1, times=5)
    process()
    path, seen = "/alerts/", 0
    for _ in range(3):
        page = manager.get(path).text
        seen += page.count("<h2><a")
        path = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert (seen, path) == (5, "")


def test_ready_made_rules_can_be_kept_as_they_are(link: Any, manager: FlaskClient) -> None:
    answer(link, 5, "We waited. 我要红包", times=1)
    process()
    page = manager.get("/alerts/rules/new?questionnaire=all&ready=money").text
    assert "索要红包或财物" in page
    assert (
        'value="bribe" checked' in page.replace("checked ", "")
        or 'checked id="alarms-4"' in page
        or "checked" in page
    )
    assert manager.get("/alerts/rules/new?questionnaire=all&ready=nonsense").status_code == 200
    assert manager.get("/alerts/rules/new?questionnaire=nonsense").status_code == 404


def test_a_rule_above_is_seen_but_not_changed(app: Flask, link: Any, manager: FlaskClient) -> None:
    top = factories.UnitFactory(code="top")
    link.unit.parent, link.unit.path = top, f"{top.path}{link.unit.id}/"
    above = rule(top, unhappy())
    db.session.commit()
    page = manager.get(f"/alerts/rules/{above.id}")
    assert (page.status_code, "Switch off" in page.text) == (200, False)
    assert manager.post(f"/alerts/rules/{above.id}/off").status_code == 404
