"""What respondents leave in the audit trail: nothing, and one entry for a deletion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Row, select

from survey import audit, jobs
from survey.extensions import db
from survey.models import AuditEntry
from survey.respond import own
from tests import factories
from tests.survey.respond.visiting import Respondent, at, invited, stored


@pytest.mark.parametrize("way", ["link", "kiosk", "invitation"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_what_a_respondent_sends_and_reads_leaves_no_entry(any_app: Flask, way: str, signed_in: bool) -> None:
    """Not even where a member of staff holds the device: the trail must not tell in which order people answered."""
    client = any_app.test_client()
    if signed_in:
        factories.sign_in(client, factories.UserFactory())
    respondent = _respondent(client, way)
    before = audit.head().number
    db.session.rollback()
    respondent.open()
    assert respondent.send(staff="").status_code == 422
    receipt = respondent.open().send(staff="4", why="Secret words").headers["Location"].split("?")[0]
    code = receipt.rpartition("/")[2]
    assert client.get(receipt).status_code == 200
    assert client.post("/receipt", data={"receipt": code}).status_code == 303
    assert client.get(f"/receipt/{code}/answers").status_code == 200
    assert client.get(f"/receipt/{code}/erase").status_code == 200
    assert client.post(f"/receipt/{code}/erase", data={"sure": "wrong"}).status_code == 200
    assert jobs.process_waiting() == 1
    assert [response.receipt for response in stored()] == [code]
    assert _entries(before) == []


@pytest.mark.parametrize("way", ["link", "kiosk", "invitation"])
def test_a_respondent_who_deletes_leaves_one_entry_that_tells_nothing_of_them(
    any_app: Flask, way: str
) -> None:
    client = any_app.test_client()
    respondent = _respondent(client, way).open()
    code = respondent.send(staff="4", why="Secret words").headers["Location"].split("?")[0].rpartition("/")[2]
    (response,) = stored()
    secrets = [code, "Secret words", str(response.id), response.idempotency_key, respondent.address]
    before = audit.head().number
    db.session.rollback()
    for _ in range(2):
        client.post(f"/receipt/{code}/erase", data={"sure": own.sure(code)})
    (entry,) = _entries(before)
    assert (entry.deed, entry.thing_kind, entry.actor_kind) == ("erased", "responses", "respondent")
    assert (entry.actor_id, entry.actor_name, entry.thing_name) == (None, "", "small")
    held = " ".join(str(value) for value in entry)
    assert not [secret for secret in secrets if secret in held]


def _respondent(client: FlaskClient, way: str) -> Respondent:
    if way == "invitation":
        token, _invitation = invited(factories.published())
        return Respondent(client, f"/i/{token}")
    found = at(factories.link(channel="kiosk" if way == "kiosk" else "qr"), client)
    found.address = found.address.replace("/s/", "/k/" if way == "kiosk" else "/s/")
    return found


def _entries(number: int) -> Sequence[Row[Any]]:
    rows = db.session.execute(select(AuditEntry.__table__).where(AuditEntry.number > number)).all()
    db.session.rollback()
    return rows
