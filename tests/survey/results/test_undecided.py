"""A comment whose sentiment is not known is shown as such, and never counted as neutral."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.extensions import db
from survey.models import Comment, Tally
from survey.processing import recount
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, table, text_of

THAI = "พยาบาลใจดีมาก บริการดีเยี่ยม"


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    for ward in range(4):
        place.answer(ward, 0, {"staff": 5, "why": "The nurse was very kind."}, times=15)
        place.answer(ward, 0, {"staff": 3, "why": "I attended for a blood test"}, times=2)
        place.answer(ward, 0, {"staff": 5, "why": THAI}, times=3)
    process()
    return place


@pytest.fixture
def client(any_app: Flask) -> FlaskClient:
    return signed_in(any_app.test_client())


def test_it_is_stored_and_counted_apart_and_a_recount_agrees(place: Organisation) -> None:
    assert Counter(db.session.scalars(select(Comment.label))) == {
        "positive": 60,
        "neutral": 8,
        "undecided": 12,
    }
    assert "undecided" not in set(db.session.scalars(select(Tally.value)))  # an option may have this code
    assert list(recount.verify()) == []


def test_the_chart_of_comments_leaves_it_out_and_says_so(place: Organisation, client: FlaskClient) -> None:
    assert table(client, "sentiment")["Unit ward-0"][:7] == ["0", "2", "15", "17", "0", "0", "3"]
    page = text_of(opened(client))
    assert "The sentiment of 12 of 80 comments is undecided; they are in no share." in page


def test_the_comments_page_marks_it_with_its_reason_and_finds_it(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(client, "/results/comments", sentiment="undecided"))
    assert page.count(THAI) == 12
    assert "Undecided: it is in a language that is not read here" in page
    assert THAI not in opened(client, "/results/comments", sentiment="neutral")
