"""Nothing of an action is ever overwritten or removed; who may add to it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from survey.actions import service
from survey.actions.queries import action_of, actions
from survey.errors import Conflict, Invalid, Missing
from survey.extensions import db
from survey.models import Action, ActionEvent, AuditEntry
from tests import factories
from tests.survey.actions.weeks import START, registered, terms
from tests.survey.figures.organisation import organisation
from tests.survey.results.pages import signed_in, text_of

FORM: dict[str, Any] = {
    "title": "Rounds at noon",
    "units": "ward-0",
    "measured": "staff|csat",
    "starts_on": "2026-04-06",
    "direction": "up",
    "expected": "Five points more.",
    "responsible": "Head of the ward",
}
NEVER = (
    "UPDATE action_event SET title = 'better'",
    "UPDATE action_event SET at = '2020-01-01'",
    "DELETE FROM action_event",
    "DELETE FROM action_unit",
    "UPDATE action_unit SET part = 'compares'",
    "DELETE FROM action",
    "UPDATE action SET id = 77",
)
LITE = (
    "INSERT OR REPLACE INTO action SELECT * FROM action",
    "INSERT OR REPLACE INTO action_event SELECT * FROM action_event",
    "INSERT OR REPLACE INTO action_unit SELECT * FROM action_unit",
)
WRONG = (
    "why = ''",  # of an amendment
    "kind = 'deleted'",
    "kind = 'registered'",  # for the second time
    "direction = 'sideways'",
    "metric = 'applause'",
    "starts_on = '1999-12-31'",
    "title = NULL",
)


@pytest.mark.parametrize("statement", NEVER)
def test_the_database_refuses_to_change_or_remove_anything(any_app: Flask, statement: str) -> None:
    registered(organisation())
    with pytest.raises(DBAPIError, match="only ever added"):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize("statement", LITE)
def test_sqlite_does_not_replace_either(app: Flask, statement: str) -> None:
    registered(organisation())
    with pytest.raises(DBAPIError, match="only ever added"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_postgresql_does_not_truncate_either(any_app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    registered(organisation())
    with pytest.raises(DBAPIError, match="only ever added"):
        db.session.execute(text("TRUNCATE action CASCADE"))
    db.session.rollback()


@pytest.mark.parametrize("change", WRONG)
def test_the_database_refuses_events_that_make_no_sense(any_app: Flask, change: str) -> None:
    action, (name, _equals, value) = registered(organisation()), change.partition(" = ")
    kept = [
        "at",
        "title",
        "question_code",
        "metric",
        "starts_on",
        "responsible",
        "direction",
        "expected",
        "kind",
        "why",
        "by_id",
    ]
    told = {column: column for column in kept} | {"kind": "'amended'", "why": "'so'"} | {name: value}
    statement = f"INSERT INTO action_event (action_id, number, {', '.join(told)}) "
    with pytest.raises(DBAPIError):
        db.session.execute(
            text(f"{statement} SELECT action_id, 2, {', '.join(told.values())} FROM action_event")
        )
    db.session.rollback()
    assert action.now.number == 1


def test_a_change_keeps_what_was_registered_with_who_when_and_why(any_app: Flask) -> None:
    place, person = organisation(), factories.UserFactory(name="Wu Lan")
    action = registered(place, by=person)
    service.amend(action, terms(place, title="Rounds at eleven"), "noon is lunch", person)
    db.session.commit()
    assert [event.title for event in action.events] == ["Rounds at noon", "Rounds at eleven"]
    assert action.registered.at <= action.now.at
    said = text_of(signed_in(any_app.test_client()).get(f"/improve/actions/{action.id}").text)
    assert "Title: “Rounds at noon” became “Rounds at eleven”." in said
    assert "noon is lunch" in said and "Wu Lan" in said


def test_a_stopped_action_is_neither_changed_nor_stopped_again(app: Flask) -> None:
    place = organisation()
    action = registered(place)
    service.stop(action, "no time", None)
    db.session.commit()
    with pytest.raises(Conflict):
        service.amend(action, terms(place, title="Again"), "why not", None)
    client = signed_in(app.test_client())
    for act in ("amend", "stop"):
        assert client.post(f"/improve/actions/{action.id}/{act}", data=FORM | {"why": "x"}).status_code == 409
    assert db.session.scalar(select(func.count()).select_from(ActionEvent)) == 2
    assert "no time" in client.get(f"/improve/actions/{action.id}").text


def test_an_amendment_that_changes_nothing_is_refused(app: Flask) -> None:
    place = organisation()
    action = registered(place)
    with pytest.raises(Invalid, match="Nothing is changed"):
        service.amend(action, terms(place), "because", None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"units": ()}, "units"),
        ({"units": "nested"}, "units"),
        ({"comparators": "own"}, "comparators"),
        ({"comparators": "above"}, "comparators"),
        ({"metric": "nps"}, "measured"),
        ({"question_code": "no-such"}, "measured"),
        ({"question_code": "why"}, "measured"),
        ({"direction": "sideways"}, "direction"),
    ],
)
def test_terms_that_cannot_be_judged_are_refused(app: Flask, given: dict[str, Any], field: str) -> None:
    place = organisation()
    named = {
        "nested": (place.branches[0], place.wards[0]),
        "own": (place.wards[0],),
        "above": (place.branches[0],),
    }
    wanted = {
        name: named.get(value, value) if isinstance(value, str) else value for name, value in given.items()
    }
    with pytest.raises(Invalid) as refused:
        service.register(place.questionnaire, terms(place, **wanted), None)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "   "},
        {"title": "x" * 121},
        {"starts_on": "2026-02-30"},
        {"starts_on": "9999-01-01"},
        {"measured": "staff|applause"},
        {"direction": ""},
        {"units": []},
        {"expected": ""},
        {"comparators": "ward-0"},
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_stores_nothing(app: Flask, wrong: dict[str, Any]) -> None:
    organisation()
    client = signed_in(app.test_client())
    answer = client.post("/improve/actions/new", data=FORM | {"responsible": "Sister Chen"} | wrong)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text and "Sister Chen" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Action)) == 0


def test_an_action_is_registered_by_the_form(app: Flask) -> None:
    organisation()
    client = signed_in(app.test_client())
    data = FORM | {"units": ["ward-0", "ward-1"], "comparators": ["branch-1"], "title": "=1+1\x00 a"}
    answer = client.post("/improve/actions/new", data=data)
    assert answer.status_code == 303
    action = db.session.scalars(select(Action)).one()
    assert [unit.code for unit in action.now.units()] == ["ward-0", "ward-1"]
    assert action.now.title == "=1+1 a" and action.now.starts_on == START
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("role", ["head_of_unit", "quality_manager"])
def test_units_of_others_are_neither_taken_nor_shown(app: Flask, role: str) -> None:
    place = organisation()
    foreign, both = registered(place, 2), registered(place, 0, beside=(3,))
    own = registered(place, 0)
    client = signed_in(app.test_client(), role, place.branches[0])
    for units in (["ward-2"], ["ward-0", "ward-2"], ["no-such"]):
        assert client.post("/improve/actions/new", data=FORM | {"units": units}).status_code == 404
    assert client.post("/improve/actions/new", data=FORM | {"comparators": "ward-2"}).status_code == 404
    for hidden in (foreign, both):
        for path in ("", "/amend", "/stop", "/effect.csv"):
            assert client.get(f"/improve/actions/{hidden.id}{path}").status_code == 404
    assert client.get(f"/improve/actions/{own.id}").status_code == 200
    assert text_of(client.get("/improve/actions").text).count("Rounds at noon") == 1


def test_units_it_had_before_count_too(app: Flask) -> None:
    place = organisation()
    action = registered(place, 2)
    service.amend(action, terms(place, 0), "another ward", None)
    db.session.commit()
    head = factories.UserFactory(role="head_of_unit", unit=place.branches[0])
    db.session.flush()
    with pytest.raises(Missing):
        action_of(head, action.id)
    assert actions(head)[0] == []


def test_an_auditor_reads_and_changes_nothing(app: Flask) -> None:
    place = organisation()
    action = registered(place)
    client = signed_in(app.test_client(), "auditor")
    page = client.get(f"/improve/actions/{action.id}").text
    assert "/amend" not in page and "/stop" not in page
    assert client.post("/improve/actions/new", data=FORM).status_code == 403


def test_the_audit_trail_tells_of_each_step(app: Flask) -> None:
    place = organisation()
    action = registered(place)
    service.amend(action, terms(place, title="Rounds at eleven"), "noon is lunch", None)
    db.session.commit()
    service.stop(action, "no time", None)
    db.session.commit()
    told = db.session.scalars(
        select(AuditEntry).where(AuditEntry.thing_kind == "action").order_by(AuditEntry.number)
    ).all()
    assert [entry.deed for entry in told] == ["created", "changed", "closed"]
    assert "Rounds at noon" in told[1].details and "noon is lunch" in told[1].details
    assert {entry.unit_id for entry in told} == {place.wards[0].id}


def test_a_unit_of_an_action_cannot_be_deleted(app: Flask) -> None:
    place = organisation()
    registered(place)
    client = signed_in(app.test_client())
    client.post("/organisation/units/ward-0/delete")
    assert client.get("/organisation/units/ward-0").status_code == 200
