"""Reports compare units fairly and say how many were asked; those made before never change."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import update

from survey.extensions import db
from survey.models import Batch, LeftOut, Report
from survey.reports.numbers import numbers_of
from survey.reports.reproducing import reproduce
from survey.reports.service import identity
from tests.survey.figures.organisation import Organisation, process
from tests.survey.reports.asking import asked, sheets, the_report, two_months
from tests.survey.results.pages import opened, signed_in, text_of

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Ward 1 is truly worse in March, wards 2 and 3 are hidden; 40 of 44 listed services were invited, 20 answered."""
    place = two_months()
    place.answer(1, 1, {"staff": 1}, 60, submitted_on=date(2026, 3, 12))
    place.invite(0, 0, 40, used=20, made_on=date(2026, 3, 5))
    (batch,) = db.session.query(Batch)
    batch.issued_at, batch.given = batch.created_at, 44
    where = {"batch_id": batch.id, "unit_id": place.wards[0].id, "service_type_id": place.services[0].id}
    db.session.add(LeftOut(**where, reason="when", count=4))
    place.answer(0, 0, {"staff": 5}, 20, submitted_on=date(2026, 3, 6), channel="sms")
    process()
    return place


def test_the_funnel_is_that_of_the_results_page(place: Organisation, client: FlaskClient) -> None:
    address = asked(signed_in(client))
    page = client.get(address).text
    results = opened(client, "/results/units", **MARCH)
    title = "The units differ by more than chance" if "none stands out" in results else "stand"
    assert 'id="funnel-title"' in page and title in text_of(page)
    book = sheets(client.get(f"{address}/file.xlsx").data)
    (rows,) = [rows for rows in book.values() if rows[0][-1:] == ["Stands out"]]
    shown = {row[0]: row for row in rows[1:] if len(row) == 8}
    assert shown.keys() == {"Unit ward-0", "Unit ward-1"}
    assert list(shown) == ["Unit ward-1", "Unit ward-0"]
    for row in shown.values():
        assert row[5] < row[2] < row[6] and row[7] == 0
    assert "ward-3" not in page.split('id="funnel"')[1].split("</section>")[0]


def test_rates_stand_beside_their_bases(place: Organisation, client: FlaskClient) -> None:
    address = asked(signed_in(client))
    page = text_of(client.get(address).text)
    assert "Recovery rate 40 50.0%" in page
    assert "Response rate 1 (AAPOR) 44 45.5%" in page
    assert "20 of 40 sent" in page and "20 of 44 invited or of unknown eligibility" in page
    assert "Eligible = excluded + not sent + sent: 44 = 4 + 0 + 40." in page
    assert "Valid recovery rate" in page and "Response rate 3 (AAPOR)" in page
    assert "No figure of this report is weighted." in page
    book = sheets(client.get(f"{address}/file.xlsx").data)
    (rows,) = [rows for rows in book.values() if "How it is computed" in rows[0]]
    assert [row[1:3] for row in rows if row[0] == "Recovery rate"] == [[40, 50]]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_Hans", ["有效回收率", "20 / 40（发放）", "是否突出", "本报告的数据均未加权。"]),
        ("zh_Hant", ["有效回收率", "20 / 40（發放）", "是否突出", "本報告的數據均未加權。"]),
    ],
)
def test_all_of_it_is_in_the_language_of_the_report(
    place: Organisation, client: FlaskClient, language: str, words: list[str]
) -> None:
    page = text_of(client.get(asked(signed_in(client), language=language)).text)
    assert [word for word in words if word not in page] == []


def test_without_invitations_there_is_no_ledger(app: Flask, client: FlaskClient) -> None:
    two_months()
    page = client.get(asked(signed_in(client))).text
    assert 'id="ledger"' not in page and "No personal invitations were made" in page
    assert the_report().snapshot["ledger"] is None


def test_few_invitations_are_nowhere(app: Flask, client: FlaskClient) -> None:
    place = two_months()
    place.invite(0, 0, 4, used=2, made_on=date(2026, 3, 5))
    process()
    assert 'id="ledger"' not in client.get(asked(signed_in(client))).text
    assert the_report().snapshot["ledger"] is None


def test_a_ward_without_units_below_has_no_funnel(place: Organisation, client: FlaskClient) -> None:
    assert 'id="funnel"' not in client.get(asked(signed_in(client), unit="ward-0")).text


def test_it_is_made_again_to_the_number(place: Organisation, client: FlaskClient) -> None:
    asked(signed_in(client))
    found = reproduce(the_report(), current_app.extensions["settings"])
    assert found.sound and found.changed == 0


def test_a_report_of_an_earlier_form_says_what_it_always_said(
    place: Organisation, client: FlaskClient
) -> None:
    address = asked(signed_in(client))
    report = the_report()
    taken = copy.deepcopy(report.snapshot) | {"form": 1}
    del taken["ledger"], taken["figures"]
    report.snapshot = taken
    taken = taken | {"figures": numbers_of(report)}
    db.session.rollback()
    db.session.execute(update(Report).values(snapshot=taken, identity=identity(taken)))
    db.session.commit()
    page = text_of(client.get(address).text)
    assert "Stands out" not in page and "is weighted" not in page
    assert "Response rate (answered of invited) 40 50.0%" in page
    found = reproduce(the_report(), current_app.extensions["settings"])
    assert found.sound and found.changed == 0
