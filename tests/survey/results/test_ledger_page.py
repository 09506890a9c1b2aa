"""The page of the response ledger: sums, limits beside the figures, and what it says where there is nothing."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from survey.extensions import db
from survey.models import Batch, Delivery, LeftOut
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of


def with_invitations() -> Organisation:
    place = organisation()
    place.invite(0, 0, 40, used=20, made_on=FIRST)
    (batch,) = db.session.query(Batch)
    batch.issued_at, batch.given = batch.created_at, 46
    where = {"batch_id": batch.id, "unit_id": place.wards[0].id, "service_type_id": place.services[0].id}
    db.session.add_all(
        [
            LeftOut(**where, reason="when", count=4),
            LeftOut(**where, reason="twice", count=2),
            Delivery(**where, fate="delivered", count=35),
        ]
    )
    place.answer(0, 0, {"staff": 5}, times=18, channel="sms", seconds=60)
    place.answer(0, 0, {"staff": 5}, times=2, channel="sms", seconds=0)
    process()
    return place


def file(client: FlaskClient, code: str) -> dict[str, list[str]]:
    answer = client.get(f"/results/ledger/{code}.csv", query_string=DAYS)
    assert answer.status_code == 200
    return {row[0].strip(): row[1:] for row in csv.reader(io.StringIO(answer.text[1:]))}


def test_every_stage_adds_up_and_names_its_base(client: FlaskClient) -> None:
    with_invitations()
    signed_in(client)
    said = text_of(opened(client, "/results/ledger"))
    assert "20 of 40 invitations that were sent came back" in said
    assert "Eligible = excluded + not sent + sent: 44 = 4 + 0 + 40." in said
    assert "Sent = completed + not completed: 40 = 20 + 20." in said
    assert "2 of the completed were answered faster than anybody can read" in said
    assert "Open links, posters and kiosks have no denominator" in said
    stages = file(client, "invitations")
    assert stages["Valid"][:2] == ["18", "18"]
    assert stages["Delivered, as reported"][0] == "35"
    assert stages["Delivery not known"][0] == "5"
    assert stages["Opened"][0] == ""
    rates = file(client, "rates")
    assert rates["Recovery rate"][:2] == ["20 of 40 sent", "50.0"]
    assert rates["Valid recovery rate"][:2] == ["18 of 40 sent", "45.0"]
    assert rates["Response rate 1 (AAPOR)"][0] == "20 of 44 invited or of unknown eligibility"


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
def test_open_links_alone_have_no_rate_and_say_so(client: FlaskClient, language: str) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=20)
    process()
    signed_in(client)
    client.post("/language", data={"locale": language})
    page = opened(client, "/results/ledger")
    assert 'id="rates"' not in page
    assert 'id="invitations"' in page
    assert {"en": "no denominator", "zh_Hans": "没有分母", "zh_Hant": "沒有分母"}[language] in page


def test_started_is_not_known_before_it_was_counted(client: FlaskClient) -> None:
    with_invitations()
    signed_in(client)
    assert "Started forms have not been counted on any of these days" in text_of(
        opened(client, "/results/ledger")
    )
    assert file(client, "days")["Started: forms with a first answer"] == [""]


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
def test_invitations_that_nobody_answered_have_their_ledger(client: FlaskClient, language: str) -> None:
    place = organisation()
    place.invite(0, 0, 40, used=0, made_on=FIRST)
    (batch,) = db.session.query(Batch)
    batch.issued_at = batch.created_at
    db.session.commit()
    signed_in(client)
    client.post("/language", data={"locale": language})
    page = opened(client, "/results/ledger")
    assert 'id="invitations"' in page and 'id="rates"' in page
    assert {"en": "0 of 40", "zh_Hans": "40", "zh_Hant": "40"}[language] in text_of(page)
    assert file(client, "rates") and list(file(client, "invitations").values())


def test_without_answers_and_invitations_the_page_says_so(client: FlaskClient) -> None:
    organisation()
    page = text_of(opened(signed_in(client), "/results/ledger"))
    assert "No responses in this selection" in page
    assert client.get("/results/ledger/invitations.csv", query_string=DAYS).status_code == 404


def test_too_few_answers_hide_the_page_as_before(client: FlaskClient) -> None:
    place = organisation()
    place.invite(0, 0, 40, used=0, made_on=FIRST)
    place.answer(0, 0, {"staff": 5}, times=3)
    process()
    assert "Too few responses to show" in text_of(opened(signed_in(client), "/results/ledger"))
