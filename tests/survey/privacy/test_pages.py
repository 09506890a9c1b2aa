"""The administrator's pages: find, give out, delete; and how long a questionnaire keeps what."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import jobs
from survey.extensions import db
from survey.models import AuditEntry, Invitation, Questionnaire, Response, ServiceEvent
from survey.processing import recount
from tests import factories
from tests.survey.respond.visiting import Respondent, invited, stored

NAMED = {"privacy": factories.document()["privacy"] | {"anonymous": False}}


@pytest.fixture
def admin(any_app: Flask) -> FlaskClient:
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory())
    return client


def _answered(app: Flask, **privacy: object) -> tuple[str, str]:
    """The reference of a service and the receipt of the answer to it."""
    token, invitation = invited(factories.published(**privacy))
    reference = invitation.service_event.reference
    db.session.rollback()
    respondent = Respondent(app.test_client(), f"/i/{token}").open()
    receipt = respondent.send(staff="2", why="The lift was broken.").headers["Location"].split("/")[2]
    jobs.process_waiting()
    return reference, receipt


@pytest.mark.parametrize("by", ["receipt", "reference"])
def test_what_is_stored_of_a_person_is_found_and_given_out(
    any_app: Flask, admin: FlaskClient, by: str
) -> None:
    reference, receipt = _answered(any_app, **NAMED)
    sought = {"by": by, "sought": {"receipt": receipt.lower(), "reference": reference}[by]}
    page = admin.post("/personal-data", data=sought).text
    assert "Small questionnaire" in page
    assert "The lift was broken." not in page
    given = json.loads(admin.post("/personal-data/file", data=sought).text)
    (response,) = given["responses"]
    assert response["answers"][1] == {"question": "Why?", "answer": "The lift was broken."}
    assert response["reference"] == reference
    assert response["consent"]["notice"] == "We keep your answers."
    assert len(given["services"]) == (by == "reference")


def test_looking_is_on_record_before_anything_is_shown(any_app: Flask, admin: FlaskClient) -> None:
    reference, _receipt = _answered(any_app, **NAMED)
    admin.post("/personal-data", data={"by": "reference", "sought": reference})
    admin.post("/personal-data", data={"by": "reference", "sought": "nobody"})
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "saw")).all()
    assert [entry.details for entry in entries] == ['{"by":"reference","why":"personal data"}'] * 2
    assert not any(reference in entry.details + entry.thing_name for entry in entries)


@pytest.mark.parametrize("by", ["receipt", "reference"])
def test_deleting_needs_a_tick_and_takes_everything(any_app: Flask, admin: FlaskClient, by: str) -> None:
    reference, receipt = _answered(any_app, **NAMED)
    sought = {"by": by, "sought": {"receipt": receipt, "reference": reference}[by]}
    assert admin.post("/personal-data/erase", data=sought).status_code == 422
    assert len(stored()) == 1
    assert admin.post("/personal-data/erase", data=sought | {"sure": "y"}).status_code == 302
    assert stored() == []
    assert list(recount.verify()) == []
    db.session.rollback()
    assert admin.post("/personal-data", data=sought).status_code == 404
    left = db.session.scalars(select(ServiceEvent.reference)).all()
    assert (left == [reference]) == (by == "receipt")


def test_an_anonymous_answer_is_not_found_by_reference(any_app: Flask, admin: FlaskClient) -> None:
    reference, receipt = _answered(any_app)
    page = admin.post("/personal-data", data={"by": "reference", "sought": reference}).text
    assert "found by their receipt only" in page
    assert receipt not in page
    admin.post("/personal-data/erase", data={"by": "reference", "sought": reference, "sure": "y"})
    assert len(stored()) == 1
    admin.post("/personal-data/erase", data={"by": "receipt", "sought": receipt, "sure": "y"})
    assert stored() == []


def test_a_link_that_was_not_used_dies_with_its_person(any_app: Flask, admin: FlaskClient) -> None:
    token, invitation = invited(factories.published())
    reference = invitation.service_event.reference
    db.session.rollback()
    admin.post("/personal-data/erase", data={"by": "reference", "sought": reference, "sure": "y"})
    assert any_app.test_client().get(f"/i/{token}").status_code == 404
    assert db.session.scalars(select(Invitation.used_at)).all() == [None]


@pytest.mark.parametrize("sought", ["", "nobody", "\x00", "x" * 500, "'; DROP TABLE response; --", "\u202e"])
@pytest.mark.parametrize("by", ["receipt", "reference", "other"])
def test_what_is_not_there_is_said_beside_the_field(admin: FlaskClient, by: str, sought: str) -> None:
    for path in ("/personal-data", "/personal-data/file", "/personal-data/erase"):
        answer = admin.post(path, data={"by": by, "sought": sought, "sure": "y"})
        assert answer.status_code in (404, 422)
        assert "error" in answer.text


def test_an_administrator_of_a_branch_finds_only_its_own(any_app: Flask) -> None:
    reference, receipt = _answered(any_app, **NAMED)
    client = any_app.test_client()
    factories.sign_in(client, factories.UserFactory(unit=factories.UnitFactory()))
    for sought in ({"by": "receipt", "sought": receipt}, {"by": "reference", "sought": reference}):
        assert client.post("/personal-data", data=sought).status_code == 404


def _questionnaire() -> Questionnaire:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Questionnaire)).one()


def test_how_long_anything_is_kept_is_shown_and_set(any_app: Flask, admin: FlaskClient) -> None:
    link = factories.link()
    for year in (2020, 2020, 2090):
        factories.response(link, {"staff": 5, "why": "Kind."}, submitted_at=datetime(year, 5, 1, tzinfo=UTC))
    db.session.commit()
    jobs.process_waiting()
    page = admin.get("/questionnaires/small").text
    assert "Responses: kept for ever." in page
    assert "3 are there now." in page
    refused = admin.post("/questionnaires/small/kept", data={"responses": "12", "comments": "6"})
    assert refused.status_code == 422
    assert "2 are removed within an hour." in refused.text
    assert _questionnaire().responses_kept_months is None
    db.session.rollback()
    done = admin.post("/questionnaires/small/kept", data={"responses": "12", "comments": "6", "sure": "y"})
    assert done.status_code == 302
    found = _questionnaire()
    assert (found.responses_kept_months, found.comments_kept_months) == (12, 6)
    page = admin.get("/questionnaires/small").text
    assert "Responses: kept for 12 months." in page
    assert "May 1, 2091" in page
    assert jobs.remove_expired() == 2
    assert len(db.session.scalars(select(Response.id)).all()) == 1


@pytest.mark.parametrize(
    "sent",
    [{"responses": "0"}, {"responses": "-1"}, {"responses": "601"}, {"comments": "x"}, {"comments": "１２.5"},
     {"responses": "9" * 400}, {"responses": "-" + "9" * 30}, {"responses": "3", "comments": "4"}],
)  # fmt: skip
def test_months_without_sense_are_refused(any_app: Flask, admin: FlaskClient, sent: dict[str, str]) -> None:
    factories.link()
    db.session.commit()
    assert admin.post("/questionnaires/small/kept", data=sent | {"sure": "y"}).status_code == 422
    found = _questionnaire()
    assert (found.responses_kept_months, found.comments_kept_months) == (None, None)
