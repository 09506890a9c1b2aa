"""The page of the audit trail, its file, and who sees what of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import audit, clock
from survey.audit import Deed, Thing
from survey.extensions import db
from survey.models import AuditEntry
from tests.factories import UnitFactory, UserFactory, sign_in
from tests.survey.audit.chains import told


def _note(deed: Deed, thing: Thing, **details: object) -> None:
    audit.record(deed, thing, details)
    db.session.commit()


def _signed_in(client: FlaskClient, **given: object) -> None:
    sign_in(client, UserFactory(**({"name": "Ann Auditor"} | given)))


def test_each_entry_is_a_sentence_with_its_details(app: Flask, client: FlaskClient) -> None:
    _signed_in(client)
    _note(Deed.DOWNLOADED, Thing("batch", "1", "May <b>"), links=7)
    page = client.get("/audit").text
    assert "The command line downloaded from Invitations “May &lt;b&gt;”." in page
    assert audit.head().hash in page
    assert ">7<" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("deed=exported", ["q1"]),
        ("kind=link", ["l1"]),
        ("actor=worker", ["w1"]),
        ("person=nobody+at+all", []),
        ("from=&first_on=2026-05-02&last_on=2026-05-02", ["may2"]),
        ("last_on=2026-05-01", ["may1"]),
        ("first_on=9999-12-31", []),
        ("last_on=0001-01-01", []),
    ],
)
def test_the_filters_stand_in_the_address(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch, query: str, found: list[str]
) -> None:
    for at, name in (
        (datetime(2026, 5, 1, 15, 59, tzinfo=UTC), "may1"),
        (datetime(2026, 5, 1, 16, tzinfo=UTC), "may2"),
    ):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        _note(Deed.CHANGED, Thing("questionnaire", "1", name))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 9, tzinfo=UTC))
    _note(Deed.EXPORTED, Thing("responses", "1", "q1"))
    _note(Deed.CLOSED, Thing("link", "1", "l1"))
    with audit.acting(audit.WORKER):
        _note(Deed.IMPORTED, Thing("import", "1", "w1"))
    client = any_app.test_client()
    _signed_in(client)
    page = client.get(f"/audit?{query}").text
    shown = [name for name in ("may1", "may2", "q1", "l1", "w1") if f"“{name}”" in page]
    assert shown == found
    assert ("No entry found" in page) is (not found)


def test_a_person_is_found_by_name_or_address(app: Flask, client: FlaskClient) -> None:
    _signed_in(client, email="ann@example.org")
    client.post("/language", data={"locale": "zh_Hant"})
    client.post("/language", data={"locale": "en"})
    for text in ("ann%40exa", "Auditor"):
        assert "Ann Auditor &lt;ann@example.org&gt; changed" in client.get(f"/audit?person={text}").text


@pytest.mark.parametrize(
    "query",
    ["first_on=yesterday", "deed=danced", "first_on=2026-05-02&last_on=2026-05-01", "person=" + "x" * 101],
)
def test_a_filter_that_cannot_be_read_is_told_beside_it(app: Flask, client: FlaskClient, query: str) -> None:
    _signed_in(client)
    answer = client.get(f"/audit?{query}")
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert client.get(f"/audit/file.csv?{query}").status_code == 422


@pytest.mark.parametrize(
    "query", ["older=-1", "older=x", "newer=9" * 30, "older=99999999999999999999", "person=%00"]
)
def test_strange_addresses_show_a_page(any_app: Flask, query: str) -> None:
    client = any_app.test_client()
    _signed_in(client)
    assert client.get(f"/audit?{query}").status_code == 200


def test_paging_by_number_shows_each_entry_once(any_app: Flask) -> None:
    for i in range(120):
        audit.record(Deed.EXPORTED, Thing("responses", str(i), f"no{i:03}"))
    db.session.commit()
    client = any_app.test_client()
    _signed_in(client)
    seen, address = [], "/audit?deed=exported"
    pages = []
    while address:
        page = client.get(address).text
        pages.append(address)
        seen += [f"no{i:03}" for i in reversed(range(120)) if f"“no{i:03}”" in page]
        link = page.partition('rel="next" href="')[2].partition('"')[0]
        address = link.replace("&amp;", "&")
    assert seen == [f"no{i:03}" for i in reversed(range(120))]
    back = client.get(pages[2]).text.partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "“no069”" in client.get(back).text
    assert "“no019”" not in client.get(back).text


def test_an_auditor_of_a_unit_sees_the_entries_of_it_and_below_only(any_app: Flask) -> None:
    own = UnitFactory(code="own")
    below, foreign = UnitFactory(code="below", parent=own), UnitFactory(code="zebra", names={"en": "zebra"})
    for unit in (own, below, foreign):
        audit.record(Deed.SAW, Thing("comments", "q", f"saw-{unit.code}", unit.id))
    audit.record(Deed.EXPORTED, Thing("responses", "q", "saw-nowhere"))
    db.session.commit()
    client = any_app.test_client()
    _signed_in(client, role="auditor", unit=own)
    for address in ("/audit", "/audit/file.csv", "/audit?older=99999"):
        text = client.get(address).text
        assert "saw-own" in text
        assert "saw-below" in text
        assert "zebra" not in text
        assert "saw-nowhere" not in text


@pytest.mark.parametrize("role", ["quality_manager", "head_of_unit", "staff"])
def test_others_are_refused(app: Flask, client: FlaskClient, role: str) -> None:
    _signed_in(client, role=role, unit=UnitFactory())
    assert client.get("/audit").status_code == 403
    assert client.get("/audit/file.csv").status_code == 403


def test_the_file_holds_every_entry_and_no_formula(any_app: Flask) -> None:
    for name in ("=1+1", "＝cmd", "plain"):
        _note(Deed.CREATED, Thing("unit", name, name))
    client = any_app.test_client()
    _signed_in(client)
    answer = client.get("/audit/file.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["thing_name"] for row in rows[:3]] == ["'=1+1", "'＝cmd", "plain"]
    assert rows[-1]["deed"] == "exported"  # the export itself
    assert rows[-1]["hash"] == audit.head().hash


def test_an_empty_trail_says_so(app: Flask, client: FlaskClient) -> None:
    own = UnitFactory()
    _signed_in(client, role="auditor", unit=own)
    db.session.execute(select(1))
    assert "No entry found" in client.get("/audit?deed=erased").text


def test_looking_at_the_trail_is_noted_once_a_day(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], session_hours=100)
    _signed_in(client)
    for _ in range(3):
        client.get("/audit")
    assert told().count(("saw", "audit")) == 1
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    client.get("/audit")
    assert told().count(("saw", "audit")) == 2


def test_verify_names_the_first_broken_entry_and_the_head_is_its_anchor(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    _note(Deed.CHANGED, Thing("unit", "1"))
    _note(Deed.CHANGED, Thing("unit", "2"))
    kept = runner.invoke(args=["audit", "head"]).output.strip()
    assert runner.invoke(args=["audit", "verify", "--expect", kept]).exit_code == 0
    assert runner.invoke(args=["audit", "verify", "--expect", "f" * 64]).exit_code == 1
    db.session.execute(db.text("DROP TRIGGER audit_entry_no_update"))
    db.session.execute(AuditEntry.__table__.update().where(AuditEntry.number == 2).values(actor_name="x"))
    db.session.commit()
    broken = runner.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "entry 2" in broken.output
