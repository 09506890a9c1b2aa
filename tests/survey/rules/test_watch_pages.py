"""The pages of rules on figures: written, tried on the past year, switched on; the case shows where the chart is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock, jobs
from survey.alerts.watch import watch_of
from survey.extensions import db
from survey.models import Alert, Case, Rule, User
from survey.targets.service import set_target
from tests import factories
from tests.survey.alerts.making import process

TODAY = clock.today("Asia/Shanghai")
BEFORE = TODAY.replace(day=1) - timedelta(days=10)  # in the month before
SIGNAL, TARGET = "/alerts/rules/new/signal/small", "/alerts/rules/new/target/small"
GIVEN = {
    "names_en": "Staff watched",
    "severity": "attention",
    "measured": "staff|csat",
    "by": "month",
    "valid_from": "2026-01-01",
}


@pytest.fixture
def link(app: Flask) -> Any:
    made = factories.link(unit=factories.UnitFactory(code="ward", names={"en": "Ward five"}))
    for _time in range(20):
        factories.response(made, {"staff": 1}, submitted_on=BEFORE)
    process()
    days = date(2020, 1, 1), None
    set_target(made.questionnaire, made.unit, ("staff", "csat"), 80, days, None)
    return made


@pytest.fixture
def manager(app: Flask, link: Any) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=link.unit))
    return client


def post(client: FlaskClient, path: str, **given: Any) -> Any:
    return client.post(path, data=GIVEN | {"unit": "ward"} | given)


def test_a_rule_on_a_target_is_tried_switched_on_and_opens_a_case(manager: FlaskClient) -> None:
    answer = post(manager, TARGET)
    rule = db.session.scalars(select(Rule)).one()
    assert (answer.status_code, answer.location) == (303, f"/alerts/rules/{rule.id}?days=365")
    page = manager.get(answer.location).text
    assert "It would have opened 1 case." in page and "n = 20" in page and "/improve/targets?" in page
    assert "the target is missed" in manager.get("/alerts/rules").text
    assert manager.post(f"/alerts/rules/{rule.id}/on").status_code == 303
    assert jobs.watch_figures() == 0  # that month was over before
    assert db.session.scalar(select(Alert)) is None


def test_a_case_of_a_signal_says_why_and_shows_the_chart(
    app: Flask, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    with monkeypatch.context() as past:
        past.setattr(clock, "now", lambda: now - timedelta(days=TODAY.day + 11))
        post(manager, TARGET)
        rule = db.session.scalars(select(Rule)).one()
        manager.post(f"/alerts/rules/{rule.id}/on")
    assert [jobs.watch_figures(), jobs.watch_figures()] == [1, 0]
    manager = app.test_client()  # the session of the other one is over
    factories.sign_in(manager, db.session.scalars(select(User).where(User.role == "quality_manager")).one())
    case = db.session.scalars(select(Case)).one()
    page = manager.get(f"/cases/{case.public_id}").text
    assert "Staff watched" in page and "A signal in the figures" in page and "/improve/targets?" in page
    page = manager.get("/alerts/").text
    assert "in the figures" in page and "n = 20" in page


def test_a_rule_on_a_chart_is_changed_and_tells_what_changed(manager: FlaskClient) -> None:
    post(manager, SIGNAL, worse_only="y", likely_only="y")
    rule = db.session.scalars(select(Rule)).one()
    watch = watch_of(rule.now.terms)
    assert watch is not None and watch.worse_only and watch.likely_only and not watch.each
    page = manager.get(f"/alerts/rules/{rule.id}/change").text
    assert "Staff watched" in page and 'value="staff|csat"' in page
    assert post(manager, f"/alerts/rules/{rule.id}/change", worse_only="y", each="y").status_code == 303
    page = manager.get(f"/alerts/rules/{rule.id}").text
    assert "also each unit below" in page and "every pattern" in page
    assert post(manager, f"/alerts/rules/{rule.id}/change", worse_only="y", each="y").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"names_en": ""}, 422),
        ({"measured": ""}, 422),
        ({"measured": "why|csat"}, 422),
        ({"measured": "staff"}, 422),
        ({"by": "day"}, 422),
        ({"severity": "dire"}, 422),
        ({"valid_from": "2026-13-01"}, 422),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, 422),
        ({"unit": "nowhere"}, 404),
    ],
)
def test_what_makes_no_rule_is_told(manager: FlaskClient, wrong: dict[str, str], status: int) -> None:
    assert post(manager, SIGNAL, **wrong).status_code == status
    assert db.session.scalar(select(Rule)) is None


def test_there_are_two_kinds_and_only_of_questionnaires_that_were_issued(manager: FlaskClient) -> None:
    for path in ("/alerts/rules/new/signal/none", "/alerts/rules/new/other/small"):
        assert manager.get(path).status_code == 404
    page = manager.get("/alerts/rules/new").text
    assert SIGNAL in page and TARGET in page
