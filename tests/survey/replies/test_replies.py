"""What a unit tells everybody: only what a manager has released, about nobody in particular."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.errors import Conflict, Invalid
from survey.extensions import db
from survey.models import PublicReply, Unit, User
from survey.replies import service
from survey.replies.service import Words
from tests import factories

TODAY = date(2026, 3, 9)
SAID, DID = (
    {"en": "The corridor was cold", "zh_Hans": "走廊太冷"},
    {"en": "New heating", "zh_Hans": "更换了暖气"},
)


@pytest.fixture
def unit(any_app: Flask) -> Unit:
    made: Unit = factories.UnitFactory(code="ward-1")
    return made


@pytest.fixture
def head(unit: Unit) -> User:
    made: User = factories.UserFactory(role="head_of_unit", unit_id=unit.id)
    return made


def _written(unit: Unit, head: User, **given: Any) -> PublicReply:
    words = Words(**({"said": SAID, "did": DID, "people": None, "done_on": TODAY} | given))
    return service.write(unit, words, head, 10, TODAY)


@pytest.fixture
def reader(any_app: Flask) -> FlaskClient:
    return any_app.test_client()


def test_everybody_reads_what_was_released(unit: Unit, head: User, reader: FlaskClient) -> None:
    reply = _written(unit, head, people=23)
    db.session.commit()
    assert reader.get("/said/ward-1").status_code == 404
    service.release(reply, head)
    db.session.commit()
    page = reader.get("/said/ward-1?lang=en").text
    assert "The corridor was cold" in page and "New heating" in page and "23 people" in page
    assert "走廊太冷" in reader.get("/said/ward-1?lang=zh_Hans").text
    assert head.name not in page and "2026-03-09" not in page


def test_what_was_withdrawn_is_gone_and_cannot_come_back(unit: Unit, head: User, reader: FlaskClient) -> None:
    reply = _written(unit, head)
    service.release(reply, head)
    service.withdraw(reply)
    db.session.commit()
    assert reader.get("/said/ward-1").status_code == 404
    for again in (lambda: service.release(reply, head), lambda: service.withdraw(reply)):
        with pytest.raises(Conflict):
            again()


def test_released_words_stay_as_they_are(unit: Unit, head: User) -> None:
    reply = _written(unit, head)
    service.release(reply, head)
    with pytest.raises(Conflict):
        service.change(reply, reply.unit, Words({"en": "Other"}, {"en": "words"}, None, TODAY), 10, TODAY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"said": {"en": "Nurse Li Ming was rude, call 13800138000"}}, "said_en"),
        ({"did": {"en": "New heating", "zh_Hans": "请联系 wang@example.org"}}, "did_zh_Hans"),
        ({"said": {}, "did": {}}, "said_en"),
        ({"did": {"en": "New heating"}}, "said_en"),
        ({"people": 9}, "people"),
        ({"done_on": date(2026, 3, 10)}, "done_on"),
        ({"said": {"en": "x" * 601}, "did": {"en": "y"}}, "said_en"),
    ],
)
def test_what_must_not_be_told_is_said_beside_its_field(
    unit: Unit, head: User, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _written(unit, head, **given)
    assert refused.value.field == field


def test_a_page_that_few_stand_behind_tells_no_number(unit: Unit, head: User, reader: FlaskClient) -> None:
    reply = _written(unit, head, people=23)
    service.release(reply, head)
    reply.people = 3  # the minimum was lower when it was written
    db.session.commit()
    page = reader.get("/said/ward-1?lang=en").text
    assert "3 people" not in page and "New heating" in page


def test_a_head_writes_and_releases_in_the_browser(unit: Unit, head: User, any_app: Flask) -> None:
    client = any_app.test_client()
    factories.sign_in(client, head)
    sent = {"unit": "ward-1", "said_en": "Cold", "did_en": "New heating", "done_on": "2026-03-01"}
    wrong = client.post("/improve/replies/new", data=sent | {"people": "few"})
    assert (
        wrong.status_code == 422
        and "Please give a whole number." in wrong.text
        and "New heating" in wrong.text
    )
    assert client.post("/improve/replies/new", data=sent).status_code == 303
    number = db.session.query(PublicReply).one().id
    assert "Draft" in client.get("/improve/replies").text
    assert client.post(f"/improve/replies/{number}/release").status_code == 303
    assert "New heating" in client.get("/said/ward-1").text
    assert client.get(f"/improve/replies/{number}").status_code == 404
