"""The pages on which administrators extend topics."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import jobs
from survey.extensions import db
from survey.models import CommentTopic, OwnTerm, OwnTopic
from survey.names import topic_name
from survey.processing import recount
from tests import factories

NAMES = {"name_en": "Parrots", "name_zh_hans": "鹦鹉", "name_zh_hant": "鸚鵡"}


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory())
    return client


def _about() -> set[str]:
    return set(db.session.scalars(select(CommentTopic.topic).where(CommentTopic.subtopic == "")))


def _said(text: str) -> None:
    factories.response(factories.link(), {"staff": 2, "why": text})
    db.session.commit()
    assert jobs.process_waiting() == 1


def test_an_own_topic_is_found_in_older_comments_and_counted_until_it_ends(admin: FlaskClient) -> None:
    _said("The parrot of the ward kept me awake.")
    assert "parrots" not in _about()
    assert admin.post("/topics/new", data=NAMES | {"terms": "parrot*"}).status_code == 303
    assert (
        "1 comment" in admin.get("/topics").text.lower() or "one comment" in admin.get("/topics").text.lower()
    )
    assert jobs.reread_comments() == 1
    assert "parrots" in _about()
    assert topic_name("parrots", "zh_Hant") == "鸚鵡"
    assert list(recount.verify()) == []
    assert admin.post("/topics/own/parrots/end").status_code == 303
    assert jobs.reread_comments() == 1
    assert "parrots" not in _about()
    assert topic_name("parrots", "en") == "Parrots"
    assert db.session.get(OwnTopic, "parrots").ended_at is not None
    assert list(recount.verify()) == []


def test_terms_are_tried_before_anything_is_stored(admin: FlaskClient) -> None:
    given = {"about": "price", "terms": "tariff zone*", "text": "Your tariff zones confuse me.", "do": "try"}
    page = admin.post("/topics/terms", data=given)
    assert page.status_code == 200
    assert "“tariff zones”" in page.text
    assert db.session.scalars(select(OwnTerm)).all() == []


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ("a*", "at least two letters"),
        ("good\n*bad", "Line 2"),
        ("", "write a word"),
        ("x" * 61, "60 characters"),
    ],
)
def test_a_term_that_cannot_be_used_is_explained_and_nothing_typed_is_lost(
    admin: FlaskClient, terms: str, fault: str
) -> None:
    page = admin.post("/topics/terms", data={"about": "price", "terms": terms, "text": "kept text"})
    assert page.status_code == 422
    assert fault in page.text
    assert "kept text" in page.text


def test_a_term_that_ended_stays_on_the_record(admin: FlaskClient) -> None:
    admin.post("/topics/terms", data={"about": "price", "terms": "tariff zone*"})
    term = db.session.scalars(select(OwnTerm)).one()
    assert admin.post(f"/topics/terms/{term.id}/end").status_code == 303
    assert "tariff zone*" in admin.get("/topics").text
    assert admin.post("/topics/terms/987654/end").status_code == 404
