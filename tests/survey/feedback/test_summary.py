"""What members of staff are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from survey import clock
from survey.feedback.periods import PERIODS, days
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import signed_in, text_of

TODAY = clock.today("Asia/Shanghai")


def _document() -> dict[str, Any]:
    questions = factories.document()["sections"][0]["questions"]
    food = dict(questions[0], code="food", wording={"en": "How was the food?"}, required=False)
    return {"languages": ["en"], "sections": [{"code": "all", "questions": [*questions, food]}]}


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation(**_document())
    kind = {"staff": 5, "food": 1, "why": "The nurse was very kind."}
    place.answer(0, 0, kind, times=30, submitted_on=TODAY)
    place.answer(
        0, 0, {"staff": 1, "food": 2, "why": "Rude staff and a terrible wait."}, times=2, submitted_on=TODAY
    )
    place.answer(0, 0, {"staff": 1, "food": 1}, times=40, submitted_on=TODAY - timedelta(days=40))
    place.answer(
        1, 0, {"staff": 1, "why": "A terrible secret of the other ward"}, times=20, submitted_on=TODAY
    )
    place.answer(2, 0, {"staff": 1, "why": "A terrible secret of three"}, times=3, submitted_on=TODAY)
    process()
    return place


def _page(client: FlaskClient, **arguments: str) -> str:
    answer = client.get("/my-feedback", query_string=arguments)
    assert answer.status_code == 200
    return text_of(answer.text)


def test_staff_are_told_how_many_how_well_and_what_was_said(place: Organisation, client: FlaskClient) -> None:
    page = _page(signed_in(client, "staff", place.wards[0]))
    assert "32 people answered" in page
    assert "93.8% Satisfied" in page  # 30 of 32
    assert "better than before: likely real" in page
    assert "Best rated: “How was the staff?”" in page
    assert "Rated lowest: “How was the food?”" in page
    assert page.index("The nurse was very kind.") < page.index("Rude staff and a terrible wait.")
    assert page.count("The nurse was very kind.") == 2  # as praise, and as telling of its topic


def test_staff_see_nothing_of_other_units(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "staff", place.wards[0])
    assert "secret" not in _page(client, period="90d")
    assert client.get("/my-feedback?unit=ward-1").status_code == 404


def test_of_few_answers_only_their_being_few_is_told(place: Organisation, client: FlaskClient) -> None:
    page = _page(signed_in(client, "staff", place.wards[2]))
    assert "Fewer than 10 people have answered" in page
    assert "secret" not in page
    assert " 3 " not in page


def test_nobody_answered_is_told(place: Organisation, client: FlaskClient) -> None:
    assert "Nobody has answered in these days" in _page(signed_in(client, "staff", place.wards[3]))


def test_a_head_sees_the_own_subtree_without_small_units_comments(
    place: Organisation, client: FlaskClient
) -> None:
    page = _page(signed_in(client, "quality_manager", place.top), unit="branch-1")
    assert "Fewer than 10 people have answered" in page
    page = _page(client)
    assert "55 people answered" in page
    assert "secret" not in page
    assert "Comments of units with fewer than 10 responses in these days are not shown" in page
    place.answer(3, 0, {"staff": 5}, times=30, submitted_on=TODAY)
    process()
    page = _page(client)
    assert "A terrible secret of the other ward" in page
    assert "A terrible secret of three" not in page


def test_the_most_answered_questionnaire_is_shown_and_can_be_changed(
    place: Organisation, client: FlaskClient
) -> None:
    factories.published(code="another", languages=["en"], title={"en": "Another questionnaire"})
    signed_in(client, "staff", place.wards[0])
    assert "Small questionnaire" in _page(client).split("Period")[0]
    assert "Nobody has answered" in _page(client, questionnaire="another")


def test_unknown_choices_fall_back(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "staff", place.wards[0])
    assert "32 people answered" in _page(client, period="\0x", questionnaire="nothing")


def test_an_empty_product_greets_kindly(app: Flask, client: FlaskClient) -> None:
    assert "Nothing to show yet" in _page(signed_in(client, "staff", factories.UnitFactory()))
    assert "Nothing to show yet" in _page(signed_in(client))


@given(st.sampled_from(sorted(PERIODS)), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_a_period_is_over_or_ends_today(period: str, today: date) -> None:
    first, last = days(period, today)
    assert first <= last <= today
    assert (last - first).days in range(27, 92)
