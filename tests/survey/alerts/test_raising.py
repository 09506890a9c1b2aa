"""Alerts are raised once, in the transaction in which a response begins to count, and go with it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from survey import clock, pipeline
from survey.alerts import judging, service
from survey.extensions import db
from survey.models import Alert, AlertMatch, Case, Response, RuleEvent
from survey.processing import erasing
from tests import factories
from tests.survey.alerts.making import alerts, matches, process, rule, unhappy, wanted

TODAY = clock.today("Asia/Shanghai")
BRIBE = {"kind": "alarm", "any_of": ["bribe"]}


@pytest.fixture
def link(any_app: Flask) -> Any:
    return factories.link()


def test_a_response_that_fulfils_a_rule_raises_one_alert(link: Any) -> None:
    made = rule(link.unit, unhappy(), names={"en": "Unhappy", "zh_Hans": "不满意"})
    bad = factories.response(link, {"staff": 1}).id
    factories.response(link, {"staff": 4})
    process()
    (alert,) = alerts()
    assert (alert.rule_id, alert.severity, alert.unit_id, alert.held) == (
        made.id,
        "ordinary",
        link.unit_id,
        False,
    )
    assert [match.response_id for match in alert.matches] == [bad]
    assert alert.matches[0].reasons == [{"kind": "rating", "question": "staff", "value": "1"}]
    assert alert.event.number == 2


def test_only_rules_that_are_on_and_valid_and_of_the_unit_and_questionnaire_are_asked(link: Any) -> None:
    elsewhere = factories.UnitFactory()
    above = factories.UnitFactory()
    link.unit.parent, link.unit.path = above, f"{above.path}{link.unit.id}/"
    service.write(wanted(link.unit, unhappy()), None)  # off
    rule(elsewhere, unhappy())
    rule(link.unit, unhappy(), valid_from=TODAY + timedelta(days=1))
    rule(link.unit, unhappy(), valid_to=TODAY - timedelta(days=1))
    rule(link.unit, unhappy(), questionnaire=factories.published(code="other"))
    fires = {rule(above, unhappy()).id, rule(link.unit, unhappy(), questionnaire=link.questionnaire).id}
    factories.response(link, {"staff": 1})
    process()
    assert {alert.rule_id for alert in alerts()} == fires


def test_rules_read_what_was_written_and_keep_no_word_of_it(link: Any) -> None:
    rule(link.unit, {"kind": "words", "any_of": ["王建国"]}, BRIBE, match="all")
    factories.response(link, {"staff": 5, "why": "王建国医生要红包，电话13912345678"})
    process()
    stored = db.session.scalars(select(Response)).one()
    assert "王建国" not in json.dumps(stored.answers, ensure_ascii=False)
    assert len(alerts()) == 1
    kept = db.session.scalars(select(AlertMatch)).one()
    assert kept.reasons == [{"kind": "words"}, {"kind": "alarm", "alarms": ["bribe"]}]


def test_an_anonymous_response_leaves_no_time_but_its_day(link: Any) -> None:
    rule(link.unit, unhappy())
    factories.response(link, {"staff": 1})
    process()
    for table in (Alert.__table__, AlertMatch.__table__):
        assert not [c.name for c in table.columns if "DateTime" in repr(c.type) or "Instant" in repr(c.type)]


def test_what_is_read_again_raises_nothing_again(link: Any) -> None:
    rule(link.unit, unhappy())
    bad = factories.response(link, {"staff": 1}).id
    process()
    before = matches(), {alert.id for alert in alerts()}
    erasing.reprocess([bad])
    assert process() == 1
    assert (matches(), {alert.id for alert in alerts()}) == before


def test_a_batch_recorded_twice_raises_once(link: Any) -> None:
    rule(link.unit, unhappy())
    factories.response(link, {"staff": 1})
    db.session.commit()
    readings = pipeline.read(pipeline.claim())
    assert [pipeline.record(readings * 2), pipeline.record(readings)] == [1, 0]
    assert len(alerts()) == 1


def test_nothing_is_left_of_an_alert_when_its_response_is_erased(link: Any) -> None:
    rule(link.unit, unhappy())
    bad, other = (factories.response(link, {"staff": 1}).id for _ in range(2))
    process()
    erasing.erase([bad], TODAY)
    db.session.commit()
    assert [one.response_id for alert in alerts() for one in alert.matches] == [other]
    erasing.retire([other], TODAY)
    db.session.commit()
    assert (alerts(), matches()) == ([], [])


def test_a_burst_makes_one_alert_that_grows(link: Any) -> None:
    rule(link.unit, unhappy(), at_least=3, within_days=2)
    for _ in range(2):
        factories.response(link, {"staff": 1})
        process()
    assert alerts() == []
    for _ in range(3):
        factories.response(link, {"staff": 1})
        process()
    (alert,) = alerts()
    assert len(alert.matches) == 5


def test_a_burst_is_of_one_unit_and_of_the_days_asked_for(link: Any) -> None:
    top = factories.UnitFactory()
    other = factories.link(questionnaire=link.questionnaire)
    for unit in (link.unit, other.unit):
        unit.parent, unit.path = top, f"{top.path}{unit.id}/"
    rule(top, unhappy(), at_least=2, within_days=3)
    factories.response(link, {"staff": 1}, submitted_on=date(2026, 3, 1))
    factories.response(other, {"staff": 1}, submitted_on=date(2026, 3, 1))
    factories.response(link, {"staff": 1}, submitted_on=date(2026, 3, 4))
    process()
    assert alerts() == []
    factories.response(link, {"staff": 1}, submitted_on=date(2026, 3, 6))
    process()
    (alert,) = alerts()
    assert sorted(match.happened_on.day for match in alert.matches) == [4, 6]
    assert alert.unit_id == link.unit_id


def test_what_is_over_the_limit_waits_for_the_digest(link: Any) -> None:
    rule(link.unit, unhappy(), most=2, most_days=7)
    for _ in range(3):
        factories.response(link, {"staff": 1})
    process()
    factories.response(link, {"staff": 1})
    process()
    assert sorted(alert.held for alert in alerts()) == [False, False, True, True]


def test_nothing_serious_waits(link: Any) -> None:
    rule(link.unit, BRIBE, severity="serious", most=1)
    for _ in range(3):
        factories.response(link, {"staff": 1, "why": "他们要红包"})
    process()
    assert [alert.held for alert in alerts()] == [False] * 3


def test_a_response_that_a_rule_cannot_judge_is_tried_again(
    link: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any) -> Any:
        raise RuntimeError

    rule(link.unit, unhappy())
    factories.response(link, {"staff": 1})
    monkeypatch.setattr(judging, "matches", broken)
    assert process() == 0
    stored = db.session.scalars(select(Response)).one()
    assert (stored.processed_at, stored.failure) == (None, "RuntimeError")
    assert stored.retry_at is not None


def test_rules_are_never_changed_silently(link: Any) -> None:
    person = factories.UserFactory(unit=link.unit)
    made = service.write(wanted(link.unit, unhappy()), person)
    service.switch(made, True, person)
    service.change(made, wanted(link.unit, unhappy(1), severity="serious"), person)
    assert [(one.number, one.kind, one.active) for one in made.events] == [
        (1, "written", False),
        (2, "switched_on", True),
        (3, "changed", True),
    ]
    assert {one.by for one in made.events} == {person}
    db.session.commit()
    for statement in (RuleEvent.__table__.delete(), RuleEvent.__table__.update().values(severity="serious")):
        with pytest.raises(DBAPIError):
            db.session.execute(statement)
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(RuleEvent)) == 3


def test_an_alert_opens_a_case_that_names_the_rules(link: Any) -> None:
    first = rule(link.unit, unhappy(), names={"en": "Unhappy"}, severity="attention")
    second = rule(link.unit, BRIBE, names={"en": "Money"}, severity="serious")
    factories.response(link, {"staff": 1, "why": "他们要红包"})
    factories.response(link, {"staff": 2})
    process()
    found = sorted(
        (case.severity, case.responses, [reason["code"] for reason in case.reasons])
        for case in db.session.scalars(select(Case))
    )
    assert found == [
        ("attention", 1, [f"rule-{first.id}"]),
        ("serious", 1, [f"rule-{first.id}", f"rule-{second.id}"]),
    ]


def test_a_burst_is_one_case_that_grows_and_what_is_held_opens_none(link: Any) -> None:
    rule(link.unit, unhappy(), at_least=3, within_days=2)
    for _ in range(5):
        factories.response(link, {"staff": 1})
        process()
    assert [case.responses for case in db.session.scalars(select(Case))] == [5]
    held = rule(link.unit, BRIBE, most=1)
    for _ in range(3):
        factories.response(link, {"staff": 4, "why": "他们要红包"})
    process()
    codes = [case.reasons[0]["code"] for case in db.session.scalars(select(Case))]
    assert codes.count(f"rule-{held.id}") == 1
