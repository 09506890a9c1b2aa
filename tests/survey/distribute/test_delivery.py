"""Delivery reports: counted by what they say, replaced by later ones, refused with the line that is wrong."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import true

from survey.distribute import delivery
from survey.distribute.delivery import Taken
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Batch, Delivery, Fate, Questionnaire
from tests import factories
from tests.survey.distribute.test_invitations import issued, made, rows
from tests.survey.results.pages import signed_in, text_of


@pytest.fixture
def batch(any_app: Flask) -> Batch:
    return _batch()


def _batch() -> Batch:
    for code in ("ward", "desk"):
        factories.UnitFactory(code=code)
    factories.ServiceTypeFactory(code="stay")
    place: Questionnaire = factories.published()
    return made(place, rows(4) + b"A-9,desk,stay,2026-05-04,en\n")


def take(batch: Batch, text: str) -> Taken:
    found = delivery.take(batch, text.encode(), true())
    db.session.commit()
    return found


def test_the_file_of_links_with_a_status_is_a_report(batch: Batch) -> None:
    given = issued(batch)
    out = io.StringIO()
    writer = csv.DictWriter(out, [*given[0], "status"])
    writer.writeheader()
    for row, status in zip(given, ("delivered", "Bounced", "refused", "送达", "delivered"), strict=True):
        writer.writerow(row | {"status": status})
    assert take(batch, out.getvalue()) == Taken(5, 0)
    assert delivery.reported(batch, true()) == {"delivered": 3, "bounced": 1, "refused": 1}
    units = {(row.unit_id, row.fate): row.count for row in db.session.query(Delivery)}
    assert sum(units.values()) == 5
    assert len({unit for unit, _fate in units}) == 2


def test_references_are_enough_and_the_last_row_of_one_counts(batch: Batch) -> None:
    found = take(batch, "reference;status\nA-1;bounced\nA-1;delivered\nA-2;refused\nX-1;delivered\n")
    assert found == Taken(2, 1)
    assert delivery.reported(batch, true()) == {"delivered": 1, "refused": 1}


def test_a_later_report_replaces_the_one_before(batch: Batch) -> None:
    take(batch, "reference,status\nA-0,bounced\nA-1,bounced\n")
    take(batch, "reference,status\nA-0,delivered\n")
    assert delivery.reported(batch, true()) == {Fate.DELIVERED: 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reference,status\nA-1,maybe\n", "Line 2"),
        ("reference\nA-1\n", "Missing columns: status"),
        ("reference,status\nX,delivered\n", "No row names an invitation"),
        ("reference,status,phone\nA-1,delivered,1\n", "Unknown columns: phone"),
        ("", "Missing columns"),
    ],
)
def test_what_is_no_report_changes_nothing_and_says_why(batch: Batch, text: str, said: str) -> None:
    take(batch, "reference,status\nA-0,delivered\n")
    with pytest.raises(Invalid) as refused:
        take(batch, text)
    db.session.rollback()
    assert said in str(refused.value.message)
    assert delivery.reported(batch, true()) == {Fate.DELIVERED: 1}


def test_the_page_of_a_batch_takes_a_report_and_says_what_is_not_known(client: FlaskClient) -> None:
    batch = _batch()
    issued(batch)
    signed_in(client)
    address = f"/links/invitations/{batch.id}"
    assert "Not known: links are sent outside this system" in text_of(client.get(address).text)
    wrong = client.post(
        f"{address}/delivery", data={"file": (io.BytesIO(b"reference,status\nA-1,x\n"), "r.csv")}
    )
    assert wrong.status_code == 422
    assert "the status must be delivered, bounced or refused" in wrong.text
    good = io.BytesIO(b"reference,status\nA-1,delivered\n")
    assert client.post(f"{address}/delivery", data={"file": (good, "r.csv")}).status_code == 303
    assert "Delivered 1, came back 0, refused 0" in text_of(client.get(address).text)
    assert client.post(f"{address}/delivery").status_code == 422
