"""What people say a comment is about holds, counts exactly, outlives reading anew, and is taken back."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey import jobs
from survey.errors import Missing
from survey.extensions import db
from survey.labelling import topics
from survey.models import AuditEntry, Comment, CommentTopic, GivenTopics, Response, User
from survey.processing import erasing, recount, rereading
from survey.processing.relabelling import UnknownLabel, UnknownTopic
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process

SAID = "Friendly nurses, but a terrible wait."
READ = {("attitude", "positive"), ("waiting", "negative")}


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    place.answer(0, 0, {"staff": 2, "why": SAID})
    process()
    return place


def _key() -> tuple[uuid.UUID, str]:
    row = db.session.execute(select(Comment.response_id, Comment.question_code)).one()
    return row.response_id, row.question_code


def _about() -> set[tuple[str, str]]:
    found = select(CommentTopic.topic, CommentTopic.label).where(CommentTopic.subtopic == "")
    return {(row.topic, row.label) for row in db.session.execute(found)}


def _head(place: Organisation, ward: int = 0) -> User:
    return factories.UserFactory(role="head_of_unit", unit=place.wards[ward])


def test_they_hold_count_and_outlive_reading_anew_until_they_are_taken_back(place: Organisation) -> None:
    assert _about() == READ
    first, second = _head(place), _head(place)
    given = {"attitude": "positive", "price": "negative"}
    topics.give(first, *_key(), given)
    db.session.commit()
    assert _about() == set(given.items()) and list(recount.verify()) == []
    topics.give(second, *_key(), {})
    db.session.commit()
    assert _about() == set() and list(recount.verify()) == []
    rereading.want("test")
    db.session.commit()
    assert jobs.reread_comments() == 1
    assert _about() == set()
    assert topics.undo(second, *_key()) and topics.undo(second, *_key()) is None
    assert _about() == set(given.items())
    assert topics.undo(first, *_key())
    db.session.commit()
    assert _about() == READ and list(recount.verify()) == []
    assert db.session.scalars(select(Comment.topic_method)).one().startswith("lists/")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry and "undone" in str(entry.details) and SAID not in str(entry.details)


def test_nothing_unknown_is_stored_and_nothing_of_foreign_units(place: Organisation) -> None:
    for given, wrong in (({"weather": "negative"}, UnknownTopic), ({"price": "angry"}, UnknownLabel)):
        with pytest.raises(wrong):
            topics.give(_head(place), *_key(), given)
        db.session.rollback()
    with pytest.raises(Missing):
        topics.give(_head(place, 1), *_key(), {})
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(GivenTopics)) == 0
    topics.give(_head(place), *_key(), {"price": "negative"})
    db.session.commit()
    erasing.erase([db.session.scalars(select(Response.id)).one()], FIRST)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(GivenTopics)) == 0
    assert list(recount.verify()) == []


def test_they_are_given_on_a_page_of_their_own_and_lead_back(place: Organisation, any_app: Flask) -> None:
    place.answer(0, 0, {"staff": 2}, times=20)
    process()
    client = any_app.test_client()
    factories.sign_in(client, _head(place))
    id_, code = _key()
    path = f"/results/comments/{id_}/{code}/topics"
    page = client.get(path, query_string={"query": "search=wait&evil=1"})
    assert SAID in page.text and 'value="negative" selected' in page.text
    sent = {"topic-price": "negative", "topic-waiting": "", "query": "search=wait&evil=1"}
    answer = client.post(path, data=sent)
    assert answer.location == f"/results/comments?search=wait#c-{id_.hex}-{code}"
    assert _about() == {("price", "negative")}
    back = client.get("/results/comments?from=2026-01-01&to=2026-01-31").text
    assert "Price and billing" in back and back.count("Corrected by") == 1
    client.post(path, data={"do": "undo"})
    assert _about() == READ
    assert client.post(path, data={"topic-weather": "negative"}).status_code == 422
