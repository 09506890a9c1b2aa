"""Who differs: a ward that is really lower is flagged, bad luck of a small one is not."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.results.cards.fairly import units
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

PAGE = "/results/units"
SMALL, LOW = 4, 5


def _answer(place: Organisation, ward: int, good: int, bad: int, service: int = 0, **given: Any) -> None:
    place.answer(ward, service, {"staff": 5}, times=good, **given)
    place.answer(ward, service, {"staff": 2}, times=bad, **given)


def wards(many: int) -> Organisation:
    place = organisation()
    for number in range(4, many):
        place.wards.append(factories.UnitFactory(code=f"ward-{number}", parent=place.branches[number % 2]))
    return place


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Wards of 60 at about 80 %; ward 4 has 12 answers with bad luck (58 %), ward 5 60 at 40 %; ward 7 has 3."""
    place = wards(12)
    for ward, good in enumerate([48, 47, 50, 46, 7, 24, 48, 3, 48, 24, 45, 48]):
        n = {SMALL: 12, 7: 3, 9: 30}.get(ward, 60)
        _answer(place, ward, good, n - good)
    process()
    return place


def _table(client: FlaskClient, code: str = "units", **arguments: Any) -> dict[str, list[str]]:
    answer = client.get(f"{PAGE}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    return {row[0]: row[1:] for row in rows} | {"": head}


def test_a_low_ward_is_flagged_and_the_bad_luck_of_a_small_one_is_not(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(signed_in(client), PAGE))
    assert "One of 10 units stands out" in page
    assert "1 flag after allowing for 10 comparisons: Unit ward-5 (below)." in page
    rows = _table(client)
    assert rows["Unit ward-5"][-1] == "-1"
    assert rows["Unit ward-4"][-1] == "0"


def test_wards_that_differ_by_chance_have_no_flag_and_no_places(app: Flask, client: FlaskClient) -> None:
    place = wards(8)
    for ward, good in enumerate([40, 41, 38, 39, 40, 42, 39, 41]):
        _answer(place, ward, good, 50 - good)
    process()
    page = text_of(opened(signed_in(client), PAGE))
    assert "No unit stands out from the others" in page
    assert "Their order would be too much chance (reliability 0.00, 0.70 is needed)" in page
    assert "Places it may have" not in page


def test_places_are_ranges_where_the_order_is_worth_something(
    place: Organisation, client: FlaskClient
) -> None:
    assert "The units differ enough to be put in order" in text_of(opened(signed_in(client), PAGE))
    rows = _table(client, "estimates")
    assert rows[""][-1] == "Places it may have"
    assert rows["Unit ward-5"][-1] == "10" or " to 10" in rows["Unit ward-5"][-1]
    assert " to " in rows["Unit ward-0"][-1]


def test_small_wards_are_moved_most(place: Organisation, client: FlaskClient) -> None:
    rows = _table(signed_in(client), "estimates")
    share = {
        name: (float(cells[1]) - float(cells[0])) / (78 - float(cells[0]))
        for name, cells in rows.items()
        if name
    }
    assert share["Unit ward-4"] > 2 * share["Unit ward-5"] > 0
    assert all(float(cells[2]) <= float(cells[1]) <= float(cells[3]) for name, cells in rows.items() if name)


def test_hidden_wards_are_in_no_picture_table_or_file(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE)
    assert "2 groups are not shown" in text_of(page)  # with the next smallest, that nothing follows
    rows = _table(client)
    hidden = {f"Unit ward-{ward}" for ward in range(12)} - rows.keys()
    assert hidden == {"Unit ward-7", "Unit ward-9"}
    for found in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S):
        assert not any(name in json.dumps(json.loads(found)) for name in hidden)
    for code in ("units", "estimates"):
        assert not hidden & _table(client, code).keys()


def test_the_same_mix_tells_a_hard_service_from_a_bad_ward(app: Flask, client: FlaskClient) -> None:
    """In each ward one service has 90 %, the other 50 %; ward 0 has mostly the hard one."""
    place = wards(4)
    for ward, (easy, hard) in enumerate([(20, 80), (80, 20), (80, 20), (80, 20)]):
        _answer(place, ward, easy * 9 // 10, easy // 10)
        _answer(place, ward, hard // 2, hard // 2, service=1)
    process()
    rows = _table(signed_in(client), "mix")
    assert [float(rows["Unit ward-0"][at]) for at in (0, 1)] == [58.0, 76.0]
    assert [float(rows["Unit ward-1"][at]) for at in (0, 1)] == [82.0, 76.0]
    assert rows["Unit ward-0"][5] == "2"
    page = text_of(opened(client, PAGE))
    assert (
        "As if each unit had the mix of the whole (service type). Most changes Unit ward-0: from 58.0% to 76.0%."
        in page
    )


def test_strata_of_few_are_joined(app: Flask, client: FlaskClient) -> None:
    place = wards(4)
    for ward in range(4):
        _answer(place, ward, 30, 10)
        _answer(place, ward, 2, 1, service=1)
    process()
    rows = _table(signed_in(client), "mix")
    assert {cells[5] for name, cells in rows.items() if name} == {"1"}


def test_one_unit_only_says_what_to_do(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE, unit="ward-1")
    assert "Only one unit can be shown" in text_of(page)
    assert 'id="estimates"' not in page


def test_when_all_are_hidden_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for ward in range(4):
        _answer(place, ward, 3, 1)
    process()
    assert "No unit has enough answers to be shown" in text_of(opened(signed_in(client), PAGE))


def test_the_same_answer_everywhere_leaves_nothing_to_compare(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for ward in range(4):
        _answer(place, ward, 20, 0)
    process()
    assert "Everybody answered alike in all units" in text_of(opened(signed_in(client), PAGE))


def test_scores_have_a_funnel_too(app: Flask, client: FlaskClient) -> None:
    nps = {"type": "nps", "code": "recommend", "wording": {"en": "Would you recommend us?"}}
    place = organisation(languages=["en"], sections=[{"code": "all", "questions": [nps]}])
    for ward in range(4):
        place.answer(ward, 0, {"recommend": 10}, times=30 + ward)
        place.answer(ward, 0, {"recommend": 2 + ward}, times=20 - ward)
    process()
    page = text_of(opened(signed_in(client), PAGE))
    assert "No unit stands out" in page and "Recommendation" in opened(client, PAGE)


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_the_page_opens_in_each_language(place: Organisation, client: FlaskClient, locale: str) -> None:
    page = opened(signed_in(client), PAGE, lang=locale)
    assert {"zh_Hans": "考虑到 10 次比较之后有 1 个提示", "zh_Hant": "考慮到 10 次比較之後有 1 個提示"}[
        locale
    ] in page


def test_of_very_many_units_the_flagged_and_most_extreme_are_drawn_and_all_are_in_the_file(
    place: Organisation, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MOST_DRAWN", 3)
    page = opened(signed_in(client), PAGE)
    assert (
        "Drawn are the 3 units that are flagged or furthest from the others; the file has all 10."
        in text_of(page)
    )
    for code in ("units", "estimates"):
        card = page.split(f'id="{code}"')[1].split("</section>")[0]
        assert card.count('<th scope="row">') == 3
        assert '<th scope="row">Unit ward-5' in card
        assert len(_table(client, code)) == 11


def _card(page: str, code: str) -> str:
    return page.split(f'id="{code}"')[1].split("</section>")[0]


def test_all_units_are_listed_under_the_funnel_and_one_can_be_marked(
    place: Organisation, client: FlaskClient
) -> None:
    page = opened(signed_in(client), PAGE)
    assert '<details class="table" open data-listed>' in _card(page, "units")
    assert 'name="marked"' in page and "Marked:" not in page
    page = opened(client, PAGE, marked="ward-2")
    assert "Marked: Unit ward-2, 83.3% (n = 60). It does not stand out after allowing" in text_of(page)
    assert "◎ Unit ward-2" in _card(page, "units")
    assert '<option selected value="ward-2">' in page
    assert "Marked: Unit ward-5, 40.0% (n = 60). It stands out below" in text_of(
        opened(client, PAGE, marked="ward-5")
    )
    assert "Unit ward-2" in _table(client, marked="ward-2")


def test_a_hidden_unit_cannot_be_told_from_one_that_is_not_compared(
    place: Organisation, client: FlaskClient
) -> None:
    said = "The unit chosen to be marked is not among those shown here."
    assert said in text_of(opened(signed_in(client), PAGE, marked="ward-7"))
    assert said in text_of(opened(client, PAGE, marked=place.branches[0].code))


def test_an_unknown_unit_to_mark_is_told(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PAGE, marked="nobody"))
    assert "Please choose one of the list" in page and "Marked:" not in page


def test_a_marked_unit_is_drawn_even_of_very_many(
    place: Organisation, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MOST_DRAWN", 3)
    assert "◎ Unit ward-0" in _card(opened(signed_in(client), PAGE, marked="ward-0"), "units")
