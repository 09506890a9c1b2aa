"""The same figures again: from the counts that were kept, and beside those of today."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select, update

from survey.extensions import db
from survey.models import Report, Response
from survey.processing.erasing import erase
from survey.reports.reproducing import reproduce
from tests.survey.figures.organisation import Organisation, process
from tests.survey.reports.asking import asked, the_report, two_months
from tests.survey.results.pages import signed_in, text_of


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    return two_months()


def _command(*arguments: str) -> tuple[int, str]:
    found = current_app.test_cli_runner().invoke(args=["reports", *arguments])
    return found.exit_code, found.output


def test_nothing_changed_gives_the_same_on_the_page_and_by_command(
    place: Organisation, any_app: Flask
) -> None:
    client = any_app.test_client()
    address = asked(signed_in(client))
    page = text_of(client.get(f"{address}/check").text)
    assert "The stored counts give the same figures again. The counts of today are the same, too." in page
    code, said = _command("reproduce", address.rsplit("/", 1)[1])
    assert code == 0
    assert "counts that today's tallies give otherwise: 0" in said


def test_erased_responses_change_today_s_counts_but_not_the_report(
    place: Organisation, any_app: Flask
) -> None:
    client = any_app.test_client()
    address = asked(signed_in(client))
    before = text_of(client.get(address).text)
    march = (
        select(Response.id).where(Response.submitted_on == date(2026, 3, 10)).order_by(Response.id).limit(3)
    )
    erase(db.session.scalars(march).all(), date(2026, 6, 1))
    db.session.commit()
    page = text_of(client.get(f"{address}/check").text)
    assert "3 responses were erased since." in page
    assert "The stored counts give the same figures again." in page
    assert text_of(client.get(address).text) == before
    code, said = _command("reproduce", address.rsplit("/", 1)[1])
    assert code == 0 and "responses in them today: 3 fewer" in said


def test_late_responses_are_told_too(place: Organisation, any_app: Flask) -> None:
    client = any_app.test_client()
    address = asked(signed_in(client))
    place.answer(0, 0, {"staff": 1}, 20, submitted_on=date(2026, 3, 12))
    process()
    assert "20 responses were added since." in text_of(client.get(f"{address}/check").text)


def test_a_snapshot_that_was_tampered_with_is_found(place: Organisation, any_app: Flask) -> None:
    asked(signed_in(any_app.test_client()))
    report = the_report()
    taken = copy.deepcopy(report.snapshot)
    taken["items"]["staff"][0]["5"] += 1
    db.session.execute(update(Report).values(snapshot=taken))
    db.session.commit()
    found = reproduce(the_report(), current_app.extensions["settings"])
    assert (found.kept, found.same) == (False, False)
    code, said = _command("reproduce", str(report.id))
    assert code == 1 and "CHANGED" in said


def test_a_head_s_report_is_reproduced_as_a_head_sees_it(place: Organisation, any_app: Flask) -> None:
    client: FlaskClient = any_app.test_client()
    address = asked(signed_in(client, "head_of_unit", place.branches[0]), unit="branch-0")
    assert "The counts of today are the same, too." in text_of(client.get(f"{address}/check").text)


def test_a_report_that_is_not_there_is_said_in_one_line(app: Flask) -> None:
    code, said = _command("reproduce", "00000000-0000-0000-0000-000000000007")
    assert code == 1 and said.strip() == "Error: There is no report 00000000-0000-0000-0000-000000000007."
