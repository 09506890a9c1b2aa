"""How many began to answer: counted by the first touch or by sending, never by opening, and nothing of who."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import clock
from survey.extensions import db
from survey.models import Begun, Channel
from tests import factories
from tests.survey.respond.visiting import Respondent, at, invited


def total() -> int:
    db.session.expire_all()
    found = sum(row.count for row in db.session.query(Begun))
    db.session.rollback()  # a read holds SQLite's lock
    return found


def touch(person: Respondent) -> TestResponse:
    """What the page's script sends at the first touch."""
    key = person.fields.sent["_key"]
    return person.client.post(f"{person.address}?begun", data={"_key": key})


def test_opening_counts_nothing_and_the_first_touch_counts_one(any_app: Flask) -> None:
    person = at(factories.link(), any_app.test_client()).open()
    for _ in range(3):
        person.open()
    assert total() == 0
    answer = touch(person)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Set-Cookie" not in answer.headers
    assert total() == 1


def test_a_form_that_was_touched_is_not_counted_again_when_it_is_sent(any_app: Flask) -> None:
    person = at(factories.link(), any_app.test_client()).open()
    touch(person)
    assert person.send(staff="4", _begun="1").status_code == 303
    assert total() == 1


def test_without_script_a_form_counts_when_it_is_sent_and_a_double_click_once(any_app: Flask) -> None:
    person = at(factories.link(), any_app.test_client()).open()
    assert person.send().status_code == 422
    assert total() == 0
    page = person.page
    for _ in range(2):
        assert person.send(staff="4").status_code == 303
        person.page = page
    assert total() == 1


def test_the_mark_of_a_touched_form_stays_through_a_complaint(client: FlaskClient) -> None:
    person = at(factories.link(), client).open()
    assert "_begun" not in person.fields.sent
    assert person.send(_begun="1").status_code == 422
    assert person.fields.sent["_begun"] == "1"


def test_it_counts_where_the_response_would_and_keeps_nothing_else(any_app: Flask) -> None:
    link = factories.link(channel=Channel.KIOSK)
    code = link.code
    db.session.commit()
    kiosk = Respondent(any_app.test_client(), f"/k/{code}").open()
    touch(kiosk)
    (row,) = db.session.query(Begun)
    assert (row.questionnaire_id, row.unit_id, row.channel) == (link.questionnaire_id, link.unit_id, "kiosk")
    assert row.begun_on == clock.today("Asia/Shanghai")
    assert set(Begun.__table__.columns.keys()) == {
        "questionnaire_id", "begun_on", "unit_id", "service_type_id", "channel", "count",
    }  # fmt: skip


def test_an_invitation_is_not_spent_and_not_told_apart(any_app: Flask) -> None:
    questionnaire = factories.published()
    token, invitation = invited(questionnaire)
    person = Respondent(any_app.test_client(), f"/i/{token}").open()
    assert touch(person).status_code == 204
    db.session.refresh(invitation)
    assert invitation.used_at is None
    assert total() == 1


def test_a_key_that_was_not_made_here_or_for_another_link_counts_nothing(client: FlaskClient) -> None:
    one = factories.link()
    code, other = one.code, factories.link(questionnaire=one.questionnaire).code
    person = at(one, client).open()
    for address, key in ((f"/s/{code}", "forged"), (f"/s/{other}", person.fields.sent["_key"])):
        assert client.post(f"{address}?begun", data={"_key": key}).status_code == 204
    assert client.post(f"/s/{code}?begun").status_code == 204
    assert total() == 0
