"""Labelling by keys and buttons, what comes next, and what the pages say of how comments are read."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from survey import jobs
from survey.extensions import db
from survey.labelling import queries
from survey.labelling.service import label
from survey.models import Calibration, ChosenReader, Comment, CommentLabel, Evaluation, How, User, Why
from survey.processing import learned, recount, samples
from tests import factories

SAID = {
    "negative": "the zorbit was glommed",
    "neutral": "the zorbit was plinthed",
    "positive": "the zorbit was snerfled",
}
MIN_N = 10


def _responses(count: int, *, measuring: bool, score: int = 5, text: str = "") -> list[uuid.UUID]:
    """Processed responses whose comments say one thing in words that no list has, in turns."""
    link = factories.link()
    made = []
    for number in range(count):
        low = uuid.uuid4().int % samples.MEASURES.int
        chosen = uuid.UUID(int=low if measuring else low + samples.MEASURES.int)
        words = (
            text
            or f"{list(SAID.values())[number % 3]} {'abcdefghij'[number % 10]} at desk {'klmnopq'[number % 7]}"
        )
        made.append(factories.response(link, {"staff": score, "why": words}, id=chosen).id)
    db.session.commit()
    jobs.process_waiting()
    return made


def _said(response_id: uuid.UUID) -> str:
    text = db.session.get_one(Comment, (response_id, "why")).text
    return next(name for name, words in SAID.items() if text.startswith(words))


def _label_all(person: User, ids: list[uuid.UUID], how: str = "random") -> None:
    for id_ in ids:
        label(person, id_, "why", _said(id_), how)
    db.session.commit()


def _administrator(client: FlaskClient) -> User:
    person: User = factories.UserFactory(role="administrator")
    factories.sign_in(client, person)
    return person


def test_a_comment_is_labelled_and_taken_back_without_any_script(app: Flask, client: FlaskClient) -> None:
    _responses(12, measuring=False, text="The nurse was very kind.", score=1)
    _administrator(client)
    page = client.get("/results/comments/label/en").text
    assert "very kind" in page
    assert "0 of 200" in page
    sent = page.split('name="comment" value="')[1].split('"')[0]
    assert (
        client.post("/results/comments/label/en", data={"comment": sent, "label": "negative"}).status_code
        == 303
    )
    row = db.session.scalars(select(CommentLabel)).one()
    assert (row.label, row.how, row.read_label) == ("negative", How.DISAGREE.value, "positive")
    assert (
        client.post("/results/comments/label/en", data={"comment": sent, "label": "negative"}).status_code
        == 303
    )
    assert len(db.session.scalars(select(CommentLabel)).all()) == 1
    assert "1 of 200" in client.get("/results/comments/label/en").text
    assert client.post("/results/comments/label/en/back").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Comment, (row.response_id, "why")).label == "positive"
    assert list(recount.verify()) == []


def test_an_unknown_label_is_refused_on_the_same_page(app: Flask, client: FlaskClient) -> None:
    _responses(12, measuring=False)
    _administrator(client)
    answer = client.post("/results/comments/label/en", data={"comment": "x", "label": "angry"})
    assert answer.status_code == 422
    assert "choose one of the labels" in answer.text


def test_what_teaches_most_comes_first(any_app: Flask) -> None:
    person = factories.UserFactory()
    _responses(12, measuring=False, text="It was on a Tuesday.")
    undecided = _responses(12, measuring=False, text="Blorp zug " * 12)
    against = _responses(12, measuring=False, text="Rude, slow and dirty.", score=5)
    for ids, how in ((against, How.DISAGREE), (undecided, How.UNDECIDED)):
        for _ in ids:
            asked = queries.following(person, "en", queries.TEACH, MIN_N)
            assert asked is not None
            assert (asked.how, asked.comment.response_id in ids) == (how, True)
            label(person, asked.comment.response_id, "why", "neutral", asked.how)
    last = queries.following(person, "en", queries.TEACH, MIN_N)
    assert last is not None and last.how is How.RANDOM


def test_a_second_person_gets_some_of_the_same_comments_and_never_the_label(any_app: Flask) -> None:
    first, second = factories.UserFactory(), factories.UserFactory()
    ids = _responses(20, measuring=True)
    _label_all(first, ids[:10])
    hows = []
    for _ in range(8):
        asked = queries.following(second, "en", queries.MEASURE, MIN_N)
        assert asked is not None
        hows.append(asked.how)
        label(second, asked.comment.response_id, "why", "neutral", asked.how)
    assert hows.count(How.SECOND) == 2


def test_comments_of_units_with_few_responses_are_never_shown(app: Flask, client: FlaskClient) -> None:
    ids = _responses(9, measuring=False, text="Rude, slow and dirty.", score=5)
    _administrator(client)
    assert "dirty" not in client.get("/results/comments/label/en").text
    sent = {"comment": f"{ids[0].hex}~why", "label": "neutral"}
    client.post("/results/comments/label/en", data=sent)
    assert db.session.scalars(select(CommentLabel)).all() == []


def test_not_measured_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    _responses(12, measuring=True)
    _administrator(client)
    assert "Not measured yet: label 100 comments." in client.get("/results/comments/reading").text


@pytest.fixture
def taught(app: Flask) -> User:
    person: User = factories.UserFactory(role="administrator")
    _label_all(person, _responses(220, measuring=False))
    _label_all(person, _responses(110, measuring=True))
    _label_all(
        factories.UserFactory(),
        list(db.session.scalars(select(Comment.response_id).where(samples.measures()).limit(30))),
        "second",
    )
    return person


def test_it_learns_goes_live_is_measured_and_goes_back(taught: User, client: FlaskClient) -> None:
    factories.sign_in(client, taught)
    jobs.learn_from_labels()
    before = db.session.scalars(select(Evaluation)).one().figures["readers"][-1]
    assert client.post("/results/comments/reading/en/learn").status_code == 303
    jobs.learn_from_labels()
    model = db.session.scalars(select(Calibration)).one()
    assert (model.problem, model.figures["n"]) == (None, 220)
    assert db.session.scalars(select(ChosenReader)).one().why == Why.BETTER.value
    after = db.session.scalars(select(Evaluation).order_by(Evaluation.id.desc())).first()
    assert after is not None
    figures = after.figures["readers"][-1]
    assert (figures["method"], figures["n"]) == (f"calibrated {model.id}", 110)
    assert figures["f1"][0] > before["f1"][0] + 0.3
    assert after.figures["agreement"]["n"] == 30
    page = client.get("/results/comments/reading").text
    for said in ("Of 100 comments it reads about", "very good agreement", "reads now"):
        assert said in page
    new = _responses(10, measuring=False)
    assert db.session.get_one(Comment, (new[2], "why")).method == f"calibrated/en{model.id}"
    assert client.post("/results/comments/reading/en/choose/0").status_code == 303
    assert learned.live() == {}
    assert client.post(f"/results/comments/reading/en/choose/{model.id}").status_code == 303
    assert set(learned.live()) == {"en"}
    assert client.post("/results/comments/reading/zh/choose/1").status_code == 404
    assert list(recount.verify()) == []


def test_a_second_calibration_that_gains_nothing_leaves_the_first(taught: User, client: FlaskClient) -> None:
    factories.sign_in(client, taught)
    for _ in range(2):
        client.post("/results/comments/reading/en/learn")
        jobs.learn_from_labels()
    second = db.session.scalars(select(Calibration).order_by(Calibration.id.desc())).first()
    assert second is not None and second.problem == "few_unseen"
    assert len(db.session.scalars(select(ChosenReader)).all()) == 1
    assert "new to the reader that runs" in client.get("/results/comments/reading").text


def test_too_few_labels_are_told_to_the_administrator(app: Flask, client: FlaskClient) -> None:
    _responses(12, measuring=False)
    _administrator(client)
    client.post("/results/comments/reading/en/learn")
    jobs.learn_from_labels()
    assert db.session.scalars(select(Calibration)).one().problem == "few"
    assert "0 labels; 200 are needed." in client.get("/results/comments/reading").text


def test_a_broken_model_falls_back_and_says_so(taught: User, client: FlaskClient) -> None:
    factories.sign_in(client, taught)
    client.post("/results/comments/reading/en/learn")
    jobs.learn_from_labels()
    db.session.execute(update(Calibration).values(body=b"spoiled"))
    db.session.commit()
    learned._loaded.clear()
    assert learned.live() == {}
    jobs.learn_from_labels()
    newest = db.session.scalars(select(ChosenReader).order_by(ChosenReader.id.desc())).first()
    assert newest is not None
    assert (newest.why, newest.calibration_id) == ("broken", None)
    assert "could not be read from the database" in client.get("/results/comments/reading").text


def test_a_calibration_that_fails_says_why_and_changes_nothing(
    taught: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_language: str) -> None:
        raise MemoryError

    monkeypatch.setattr(samples, "weak", fails)
    db.session.add(
        Calibration(
            language="en", asked_at=taught.created_at or db.session.scalars(select(CommentLabel.at)).first()
        )
    )
    db.session.commit()
    jobs.learn_from_labels()
    assert (db.session.scalars(select(Calibration)).one().problem or "").startswith("failed: MemoryError")
    assert learned.live() == {}
