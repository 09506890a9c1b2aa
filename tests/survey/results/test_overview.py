"""The page managers look at every day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.wording import metric_name
from survey.locales import TAGS
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, table, text_of


def _document() -> dict[str, Any]:
    questions = factories.document()["sections"][0]["questions"]
    nps = {"type": "nps", "code": "recommend", "wording": {"en": "Would you recommend us?"}}
    ease = {"type": "effort", "code": "ease", "wording": {"en": "It was made easy for me."}}
    options = [{"code": code, "label": {"en": code.title()}} for code in ("phone", "counter")]
    way = {"type": "choices", "code": "way", "wording": {"en": "How did you reach us?"}, "options": options}
    return {"languages": ["en"], "sections": [{"code": "all", "questions": [*questions, nps, ease, way]}]}


@pytest.fixture
def place(app: Flask) -> Organisation:
    place = organisation(**_document())
    good = {
        "staff": 5,
        "recommend": 10,
        "ease": 7,
        "way": ["phone", "counter"],
        "why": "The nurse was very kind.",
    }
    bad = {"staff": 1, "recommend": 3, "ease": 2, "way": ["phone"], "why": "Rude staff and a terrible wait."}
    for ward in range(4):
        place.answer(ward, ward % 2, good, times=15 + ward)
        place.answer(ward, ward % 2, bad, times=5)
    process()
    return place


def test_the_tiles_say_what_was_answered(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client)))
    assert "Satisfied 76.7%" in page  # 66 of 86
    assert "Recommendation (NPS) +53" in page  # (66 − 20) / 86
    assert "Ease (CES) 5.84" in page  # (66·7 + 20·2) / 86
    assert "Tone of comments +53" in page
    assert "Responses 86" in page
    assert "86 answers" in page


def test_every_chart_has_its_table_as_a_file(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    assert table(client, "units")["Unit ward-3"][0] == "78.2609"
    assert table(client, "service-types")["Service service-0"][3] == "42"
    assert table(client, "choice-way")["Counter"][0] == f"{100 * 66 / 86:.4f}"
    assert table(client, "sentiment")["Unit ward-0"][:4] == ["5", "0", "15", "20"]
    assert table(client, "answers-1")["How was the staff?"][:6] == ["20", "0", "0", "0", "66", "86"]
    assert list(table(client, "trend")) == ["Day", "2026-01-20"]


def test_an_unknown_chart_is_missing(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    assert client.get("/results/chart/nothing.csv").status_code == 404


def test_a_change_is_told_with_its_verdict(place: Organisation, client: FlaskClient) -> None:
    place.answer(0, 0, {"staff": 1}, times=60, submitted_on=FIRST.replace(year=2025, month=12))
    process()
    page = text_of(opened(signed_in(client)))
    assert "77 points better than before: likely real" in page
    assert "In the period before: 60." in page


def test_a_small_period_before_is_not_told_apart(place: Organisation, client: FlaskClient) -> None:
    place.answer(0, 0, {"staff": 1}, times=3, submitted_on=FIRST.replace(year=2025, month=12))
    process()
    page = text_of(opened(signed_in(client)))
    assert (
        "the days were widened until nobody can be recognised. Shown are Dec 20, 2025 – Jan 31, 2026." in page
    )
    assert "Responses 89" in page
    assert "In the period before: none." in page


def test_personal_invitations_have_a_response_rate(place: Organisation, client: FlaskClient) -> None:
    place.invite(0, 0, 20, used=5)
    page = text_of(opened(signed_in(client)))
    assert "Response rate 25.0%" in page
    assert "20 invitations" in page


def test_a_response_rate_of_widened_days_says_which(place: Organisation, client: FlaskClient) -> None:
    for days in (20, 0):
        place.invite(0, 0, 6, used=3, made_on=FIRST - timedelta(days=days))
    page = text_of(opened(signed_in(client)))
    assert "Response rate 50.0%" in page
    assert "12 invitations · invitations of Dec 31, 2025 – Jan 31, 2026" in page


def test_a_response_rate_of_few_invitations_is_hidden(place: Organisation, client: FlaskClient) -> None:
    place.invite(0, 0, 9, used=3)
    page = text_of(opened(signed_in(client)))
    assert "Response rate" in page
    assert not re.search(r"33\.3|9 invitations|of 9", page)


def test_that_responses_wait_is_told_but_never_how_many_nor_of_which_unit(
    place: Organisation, client: FlaskClient
) -> None:
    signed_in(client)
    pages = [text_of(opened(client, unit=unit)) for unit in ("ward-0", "ward-1")]
    assert not any("being processed" in page for page in pages)
    place.answer(0, 0, {"staff": 1}, times=2)
    waiting = [text_of(opened(client, unit=unit)) for unit in ("ward-0", "ward-1")]
    told = "· New responses are being processed "
    assert [page.replace(told, "") for page in waiting] == pages
    assert all(told in page for page in waiting)


def test_a_changed_wording_breaks_the_trend(place: Organisation, client: FlaskClient) -> None:
    changed = _document()
    changed["sections"][0]["questions"][0]["wording"] = {"en": "How kind was the staff?"}
    factories.published(**changed)
    place.answer(0, 0, {"staff": 3}, times=12, submitted_on=FIRST.replace(day=22))
    process()
    page = opened(signed_in(client))
    assert "before and after are not compared" in text_of(page)
    assert table(client, "units")["Unit ward-0"][3] == "12"
    assert list(table(client, "trend"))[1:] == ["2026-01-20", "2026-01-22"]


def test_a_manager_sees_the_own_units_only(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "quality_manager", place.branches[0])
    assert list(table(client, "units"))[1:] == ["Unit ward-1", "Unit ward-0"]
    page = opened(client)
    assert "Unit ward-2" not in page
    assert client.get("/results?unit=ward-2").status_code == 404
    assert client.get("/results?unit=no-such-unit").status_code == 404


def test_staff_may_not_open_results(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "staff", place.wards[0])
    assert client.get("/results").status_code == 403


def test_branches_can_be_compared_instead_of_departments(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    rows = table(client, "units", level="children")
    assert rows["Unit branch-0"][3] == "41"


def test_without_a_questionnaire_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    answer = signed_in(client).get("/results")
    assert "No questionnaire has been published yet" in answer.text
    assert "No questionnaire has been published yet" in client.get("/results/comments").text


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_page_opens_in_each_language(place: Organisation, client: FlaskClient, locale: str) -> None:
    page = opened(signed_in(client), lang=locale)
    assert f"<h2>{metric_name('csat', locale)}</h2>" in page
    assert f'lang="{TAGS[locale]}"' in page
