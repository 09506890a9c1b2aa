"""The comments page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

PATH = "/results/comments"


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    place.answer(0, 0, {"staff": 5, "why": "The nurse was very kind.\nThank you!"}, times=1)
    place.answer(0, 0, {"staff": 1, "why": "护士态度很差 100%"}, times=1)
    place.answer(0, 1, {"staff": 2, "why": "<script>alert(1)</script> a_b"}, times=1)
    place.answer(0, 0, {"staff": 5}, times=20)
    place.answer(0, 0, {"staff": 2, "why": "Everybody was wonderful, thank you"}, times=1)
    place.answer(2, 0, {"staff": 1, "why": "Only a secret of three"}, times=3)
    place.answer(1, 0, {"staff": 5, "why": "Lovely."}, times=30)
    place.answer(3, 0, {"staff": 5}, times=30)
    process()
    return place


@pytest.fixture
def client(any_app: Flask) -> FlaskClient:
    return signed_in(any_app.test_client())


def _texts(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r'<p class="said"[^>]*>(.*?)</p>', page, re.S)]


def _marked(page: str) -> list[str]:
    return re.findall("<mark[^>]*>(.*?)</mark>", page.split('<ol class="comments"')[1])


def test_a_comment_stands_with_its_rating_and_place(place: Organisation, client: FlaskClient) -> None:
    page = opened(client, PATH, unit="ward-0", search="nurse")
    assert _texts(page) == ["The nurse was very kind.\nThank you!"]
    assert "Positive 5 points Unit ward-0 · Service service-0 · Jan 20, 2026" in text_of(page)


def test_markup_in_a_comment_is_only_text(place: Organisation, client: FlaskClient) -> None:
    assert _texts(opened(client, PATH, search="script")) == ["&lt;script&gt;alert(1)&lt;/script&gt; a_b"]


def test_comments_of_units_with_few_responses_are_hidden(place: Organisation, client: FlaskClient) -> None:
    page = opened(client, PATH)
    assert "secret" not in page
    assert "fewer than 10 responses in these days are not shown" in text_of(page)
    assert _texts(opened(client, PATH, search="secret")) == []
    assert "secret" not in opened(client, PATH, unit="ward-2")


@pytest.mark.parametrize(
    ("search", "found"),
    [("護士", 1), ("护士", 1), ("100%", 1), ("a_b", 1), ("a%c", 0), ("NURSE", 1), ("  ", 35)],
)
def test_the_search_finds_both_scripts_and_takes_signs_as_they_are(
    place: Organisation, client: FlaskClient, search: str, found: int
) -> None:
    assert len(_texts(opened(client, PATH, search=search))) == min(found, 25)


def test_hits_are_marked_and_counted(place: Organisation, client: FlaskClient) -> None:
    page = opened(client, PATH, search="護士 差")
    assert _marked(page) == ["护士", "差"] and "1 comment" in text_of(page)
    assert _marked(opened(client, PATH, search="script")) == ["script", "script"]


@pytest.mark.parametrize("search", ["%", "good !!!"])
def test_what_cannot_be_searched_is_said(place: Organisation, client: FlaskClient, search: str) -> None:
    page = opened(client, PATH, search=search)
    assert "cannot be searched: it has no letters or digits." in text_of(page)
    assert _texts(page) == [] and f'value="{search}"' in page


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"disagrees": "any"}, 1),
        ({"disagrees": "high"}, 0),
        ({"disagrees": "low", "unit": "ward-0"}, 1),
        ({"least": "2", "most": "2", "unit": "ward-0"}, 2),
        ({"least": "5", "unit": "ward-0"}, 1),
        ({"most": "3", "unit": "ward-0"}, 3),
        ({"written_in": "zh"}, 1),
        ({"sentiment": "positive", "unit": "ward-0"}, 2),
        ({"purpose": "good"}, 0),
        ({"asked": "why", "service": "service-1", "unit": "branch-0"}, 0),
        ({"flag": "duplicate_text", "unit": "ward-0"}, 0),
        ({"flag": "too_fast"}, 0),
    ],
)
def test_comments_are_filtered(
    place: Organisation, client: FlaskClient, arguments: dict[str, str], found: int
) -> None:
    assert len(_texts(opened(client, PATH, **arguments))) == found


def test_a_flag_finds_its_responses(any_app: Flask, client: FlaskClient) -> None:
    place = organisation()
    place.answer(
        0, 0, {"staff": 5, "why": "The very same long text was sent by all of them, word for word."}, times=12
    )
    place.answer(0, 0, {"staff": 5, "why": "Something of my own."}, times=1)
    process()
    assert len(_texts(opened(client, PATH))) == 13
    assert len(_texts(opened(client, PATH, flag="duplicate_text"))) == 12


def test_paging_shows_each_comment_once_and_leads_back(any_app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for number in range(60):
        day = FIRST.replace(day=1 + number % 9)
        place.answer(0, 0, {"staff": 5, "why": f"Comment number {number}"}, submitted_on=day)
    process()
    page, seen, pages = opened(client, PATH), [], []
    while True:
        seen += _texts(page)
        pages.append(_texts(page))
        older = re.search(r'rel="next" href="([^"]+)"', page)
        if not older:
            break
        page = client.get(older[1].replace("&amp;", "&")).text
    assert [len(one) for one in pages] == [25, 25, 10]
    assert len(set(seen)) == 60
    newer = re.search(r'rel="prev" href="([^"]+)"', page)
    assert newer
    back = client.get(newer[1].replace("&amp;", "&")).text
    assert _texts(back) == pages[1]


@pytest.mark.parametrize("place_mark", ["x", "2026-01-01~zz~why", "~~", "2026-13-01~0~a"])
def test_a_broken_mark_begins_at_the_start(place: Organisation, client: FlaskClient, place_mark: str) -> None:
    assert len(_texts(opened(client, PATH, older=place_mark))) == 25


def test_a_head_reads_the_own_units_comments(place: Organisation, any_app: Flask) -> None:
    client = signed_in(any_app.test_client(), "head_of_unit", place.wards[0])
    assert len(_texts(opened(client, PATH))) == 4
    assert client.get(PATH, query_string={"unit": "ward-3"}).status_code == 404
