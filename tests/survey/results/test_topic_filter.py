"""Comments about a topic, and what is felt about it, on the page and in the file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey.figures.organisation import organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

PATH = "/results/comments"
BOTH = "Friendly nurses, but a terrible wait."


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    place = organisation()
    place.answer(0, 0, {"staff": 4, "why": BOTH}, times=12)
    place.answer(0, 0, {"staff": 1, "why": "The nurses were rude."})
    place.answer(0, 0, {"staff": 1, "why": "Nothing of note about parrots."})
    place.answer(0, 0, {"staff": 5}, times=30)
    process()
    return signed_in(app.test_client())


def _said(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r'<p class="said"[^>]*>(.*?)</p>', page, re.S)]


def test_a_topic_and_what_is_felt_about_it_choose_comments(client: FlaskClient) -> None:
    assert sorted(set(_said(opened(client, PATH, topic="attitude")))) == [BOTH, "The nurses were rude."]
    assert _said(opened(client, PATH, topic="attitude", felt="positive")) == [BOTH] * 12
    assert _said(opened(client, PATH, topic="waiting", felt="positive")) == []
    assert _said(opened(client, PATH, topic="-")) == ["Nothing of note about parrots."]


def test_the_page_of_topics_leads_to_its_comments(client: FlaskClient) -> None:
    page = opened(client, "/results/topics", topic="waiting")
    address = re.search(r'href="(/results/comments\?[^"]*felt=negative[^"]*)"', page)
    assert address
    assert _said(client.get(address[1].replace("&amp;", "&")).text) == [BOTH] * 12


def test_what_cannot_be_chosen_is_told_beside_its_field(client: FlaskClient) -> None:
    assert "Please choose the topic, too" in text_of(opened(client, PATH, felt="negative"))
    page = opened(client, PATH, topic="<script>")
    assert "Please choose one of the list" in text_of(page) and len(_said(page)) == 14


def test_the_file_has_the_same_comments_with_all_their_topics(client: FlaskClient) -> None:
    asked = DAYS | {"topic": "attitude", "felt": "positive"}
    head, *rows = csv.reader(io.StringIO(client.get(f"{PATH}/file", query_string=asked).text[1:]))
    assert [row[-1] for row in rows] == [BOTH] * 12
    told = rows[0][head.index("Topics")]
    assert told == "Staff attitude: Positive; Waiting and timeliness: Negative"
