"""What is hidden because few people answered stays hidden in every chart, table and file."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, table, text_of


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Ward 0 has 3 answers, ward 1 13, the others 50: in service type 0 only, but for 20 of ward 3 in 1."""
    place = organisation()
    place.answer(0, 0, {"staff": 1, "why": "Only a secret of three"}, times=3)
    place.answer(1, 0, {"staff": 3, "why": "A word of the thirteen"}, times=13)
    place.answer(2, 0, {"staff": 5}, times=50)
    place.answer(3, 0, {"staff": 5}, times=30)
    place.answer(3, 1, {"staff": 4}, times=20)
    process()
    return place


def _figures(page: str) -> list[str]:
    """Everything that is handed to the chart library."""
    found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S)
    assert found
    return [json.dumps(json.loads(one)) for one in found]


def test_a_small_unit_and_the_next_smallest_are_empty(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    rows = table(client, "units")
    assert rows["Unit ward-0"] == ["", "", "", ""]
    assert rows["Unit ward-1"] == ["", "", "", ""]
    assert rows["Unit ward-2"][3] == "50"


def test_pictures_hold_no_number_of_a_hidden_unit(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client))
    for figure in _figures(page):
        assert "3 answers" not in re.sub(r"\d+3 answers", "", figure)
        assert "13 answers" not in figure


def test_no_empty_picture_is_drawn_where_every_unit_is_hidden(
    place: Organisation, client: FlaskClient
) -> None:
    page = opened(signed_in(client))
    assert 'id="figure-units"' in page
    assert 'id="sentiment"' in page
    assert 'id="figure-sentiment"' not in page


def test_a_selection_of_few_shows_nothing_but_the_reason(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    for arguments in ({"unit": "ward-0"}, {"unit": "ward-0", "channel": "web"}):
        page = opened(client, **arguments)
        assert "Too few responses to show" in page
        assert 'class="tile' not in page
        assert not re.search(r"\b3\b", text_of(page.split("Too few responses")[1]))
        assert client.get("/results/chart/units.csv", query_string=arguments).status_code == 404


def test_a_unit_whose_figures_give_away_its_neighbour_is_closed_too(
    place: Organisation, client: FlaskClient
) -> None:
    """The branch has 16 answers and ward 1 has 13: both shown, ward 0 would be known."""
    signed_in(client)
    assert "Too few responses to show" in opened(client, unit="ward-1")
    assert "Too few responses to show" not in opened(client, unit="ward-3")


def test_the_people_of_that_unit_see_it_all_the_same(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "head_of_unit", place.wards[1])
    assert "13 responses" in text_of(opened(client))


def test_a_filter_that_leaves_out_few_is_closed(place: Organisation, client: FlaskClient) -> None:
    """And so it is for the unit beside: else branch less ward would tell."""
    place.answer(2, 1, {"staff": 1}, times=2)
    process()
    signed_in(client)
    assert "Too few responses to show" in opened(client, unit="ward-2", service="service-0")
    assert "Too few responses to show" in opened(client, unit="ward-3", service="service-0")
    for unit in ("ward-2", "ward-3"):
        assert "Too few responses to show" not in opened(client, unit=unit)
    assert "Too few responses to show" not in opened(client, unit="branch-1", service="service-0")


def test_a_small_period_is_a_gap_with_another(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for day, times in ((20, 30), (21, 4), (22, 12), (23, 40)):
        place.answer(0, 0, {"staff": 5}, times=times, submitted_on=FIRST.replace(day=day))
    process()
    rows = table(signed_in(client), "trend", grain="day")
    assert [rows[f"2026-01-{day}"][3] for day in (20, 21, 22, 23)] == ["30", "", "", "40"]


def test_few_answers_widen_the_periods(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for day in range(5, 26):
        place.answer(0, 0, {"staff": 5}, times=3, submitted_on=FIRST.replace(day=day))
    process()
    signed_in(client)
    assert list(table(client, "trend")) == ["Week from", "2026-01-05", "2026-01-12", "2026-01-19"]


def test_an_empty_selection_says_so(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), **{"from": "2020-01-01", "to": "2020-01-31"})
    assert "No responses in this selection" in page


def test_whole_months_are_shown_where_units_have_no_days_of_their_own(
    app: Flask, client: FlaskClient
) -> None:
    place = organisation()
    for day in range(1, 31):
        for ward in range(4):
            place.answer(ward, 0, {"staff": 5}, times=3, submitted_on=FIRST.replace(day=day))
    process()
    rows = table(signed_in(client), "units", **{"from": "2026-01-06", "to": "2026-01-31"})
    assert [rows[f"Unit ward-{ward}"][3] for ward in range(4)] == ["90"] * 4
    page = opened(client, **{"from": "2026-01-06", "to": "2026-01-31"})
    assert "Shown are Jan 1, 2026 – Jan 31, 2026." in page
