"""Months compared in their order: a rise, a fall, or neither that can be told from chance."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

PATH = "/results/compare"


@pytest.fixture
def place(app: Flask) -> Organisation:
    return organisation()


def _months(place: Organisation, *satisfied: int) -> None:
    for number, yes in enumerate(satisfied):
        day = date(2026, 2 + number, 10)
        place.answer(0, 0, {"staff": 5}, times=yes, submitted_on=day)
        place.answer(0, 0, {"staff": 1}, times=40 - yes, submitted_on=day)
    process()


MONTHS = {"by": "month", "from": "2026-02-01", "to": "2026-05-31"}


def _answered(client: FlaskClient, **asked: str) -> list[str]:
    """How many answered in each month, as the file says."""
    answer = client.get(f"{PATH}/groups.csv", query_string=MONTHS | asked)
    rows = list(csv.reader(io.StringIO(answer.text[1:])))
    return [row[4] for row in rows[1:]]


def test_months_are_asked_whether_they_rise_in_their_order(place: Organisation, client: FlaskClient) -> None:
    _months(place, 12, 18, 26, 34)
    page = opened(signed_in(client), PATH, **MONTHS)
    assert "From the first of these 4 groups to the last the share rises: that is likely real." in text_of(
        page
    )
    assert "Cochran–Armitage test for trend" in page
    assert "Register what changed as an action" in page
    assert _answered(client) == ["40"] * 4


def test_months_without_a_steady_way_are_not_said_to_rise(place: Organisation, client: FlaskClient) -> None:
    _months(place, 20, 24, 18, 21)
    page = text_of(opened(signed_in(client), PATH, **MONTHS))
    assert "We cannot tell a rise or a fall over these 4 groups from chance." in page


def test_two_months_are_too_few_for_a_rise(place: Organisation, client: FlaskClient) -> None:
    _months(place, 10, 30)
    page = text_of(opened(signed_in(client), PATH, **MONTHS))
    assert "Please choose at least three months that many people answered in." in page
    assert "the share rises" not in page


def test_a_month_with_few_answers_is_not_shown_among_months(place: Organisation, client: FlaskClient) -> None:
    _months(place, 12, 18, 26, 34)
    place.answer(0, 0, {"staff": 5}, times=3, submitted_on=date(2026, 1, 20))
    process()
    assert "3" not in _answered(signed_in(client), **{"from": "2025-12-01"})
