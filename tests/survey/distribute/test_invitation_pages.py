"""From a file of service events to a file of links, by the pages."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import clock
from survey.extensions import db
from survey.models import Batch, Invitation, Upload
from tests import factories

FILE = "reference,unit,service_type,when,language\n" + "".join(
    f"A-{n},ward,stay,2026-05-04 10:{n:02},zh-Hans\n" for n in range(12)
)


@pytest.fixture
def manager(app: Flask, client: FlaskClient) -> FlaskClient:
    ward = factories.UnitFactory(code="ward")
    factories.UnitFactory(code="foreign")
    factories.ServiceTypeFactory(code="stay")
    factories.published()
    factories.sign_in(client, factories.UserFactory(role="head_of_unit", unit=ward))
    return client


def upload(client: FlaskClient, content: str | bytes, **given: Any) -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    fields = {"questionnaire": "small", "channel": "sms", "days": "14", "label": "May"}
    return client.post(
        "/links/invitations/new", data=fields | {"file": (io.BytesIO(raw), "events.csv")} | given
    )


def download(client: FlaskClient, batch: str, **given: str) -> bytes:
    with client.post(f"{batch}/links", data=given) as answer:
        assert answer.status_code == 200
        name = r"attachment; filename=links-small-\d{4}-\d\d-\d\d\.csv"
        assert re.fullmatch(name, answer.headers["Content-Disposition"])
        return answer.data


def test_a_file_is_checked_made_and_its_links_are_downloaded(manager: FlaskClient) -> None:
    check = upload(manager, FILE + "A-x,foreign,stay,2026-05-04,\n").location
    page = manager.get(check).text
    assert "Make 12 invitations" in page
    assert "unknown unit" in page
    assert db.session.query(Invitation).count() == 0
    batch = manager.post(check).location
    assert db.session.query(Upload).count() == 0
    assert "Download the links (CSV)" in manager.get(batch).text
    content = download(manager, batch)
    assert content.startswith(b"\xef\xbb\xbf")
    links = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len({row["link"] for row in links}) == 12
    assert links[0]["link"].startswith("http://localhost:8000/i/")


def test_downloading_again_asks_because_the_old_links_die(manager: FlaskClient) -> None:
    batch = manager.post(upload(manager, FILE).location).location
    first = download(manager, batch)
    refused = manager.post(f"{batch}/links", data={"days": "30"})
    assert refused.status_code == 422
    assert "Please tick this box" in refused.text
    assert manager.post(f"{batch}/links", data={"days": "0", "sure": "y"}).status_code == 422
    assert download(manager, batch, days="60", sure="y") != first
    stored = db.session.query(Batch).one()
    assert stored.expires_at is not None
    assert stored.expires_at > clock.now() + timedelta(days=59)
    assert {invitation.expires_at for invitation in db.session.query(Invitation)} == {stored.expires_at}


def test_the_same_file_again_makes_nothing(manager: FlaskClient) -> None:
    manager.post(upload(manager, FILE).location)
    check = upload(manager, FILE).location
    page = manager.get(check).text
    assert "There is nothing to make" in page
    assert "Make 0" not in page
    manager.post(check)
    assert db.session.query(Batch).count() == 1


def test_a_file_that_was_used_or_thrown_away_is_gone(manager: FlaskClient) -> None:
    check = upload(manager, FILE).location
    manager.post(f"{check}/discard")
    assert manager.get(check).status_code == 404
    assert manager.post(check).status_code == 404


def test_a_forgotten_file_goes_with_the_next_upload(manager: FlaskClient) -> None:
    check = upload(manager, FILE).location
    db.session.query(Upload).one().created_at = clock.now() - timedelta(days=2)
    db.session.commit()
    upload(manager, FILE)
    assert manager.get(check).status_code == 404


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", "not a CSV file"),
        (b"", "first line must name"),
        ("编号;科室\n1;2".encode("gb18030"), "service_type, when"),
    ],
)
def test_a_file_that_is_no_use_is_refused_beside_the_field(
    manager: FlaskClient, content: bytes, message: str
) -> None:
    answer = upload(manager, content)
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="May"' in answer.text
    assert db.session.query(Upload).count() == 0


def test_missing_choices_are_named(manager: FlaskClient) -> None:
    answer = manager.post("/links/invitations/new", data={"days": "400"})
    assert answer.status_code == 422
    assert "Please choose a file." in answer.text
    assert "A whole number of days" in answer.text


def test_what_others_uploaded_or_made_does_not_exist(app: Flask, manager: FlaskClient) -> None:
    check = upload(manager, FILE).location
    batch = manager.post(upload(manager, FILE).location).location
    other = app.test_client()
    unit = db.session.query(factories.Unit).filter_by(code="foreign").one()
    factories.sign_in(other, factories.UserFactory(role="quality_manager", unit=unit))
    assert other.get(check).status_code == 404
    assert other.post(check).status_code == 404
    assert other.get(batch).status_code == 404
    assert other.post(f"{batch}/links").status_code == 404
    assert "No invitations yet" in other.get("/links/invitations").text


def test_the_list_shows_counts_and_the_rate_with_its_interval(manager: FlaskClient) -> None:
    manager.post(upload(manager, FILE).location)
    for invitation in db.session.query(Invitation).limit(6):
        invitation.used_at = clock.now()
    db.session.commit()
    assert "50% " in manager.get("/links/invitations").text
    assert "(25.4–74.6)" in manager.get("/links/invitations").text
