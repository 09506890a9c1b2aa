"""Comments in which somebody is named: what is shown to whom."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.models import AuditEntry, Comment
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

SAID = "感谢王医生！Emma Jones on reception was kind, call 07700 900123."
NAMED = ("王医生", "Emma", "Jones", "07700")


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    today = clock.today("Asia/Shanghai")
    place.answer(0, 0, {"staff": 5, "why": SAID}, times=12)
    place.answer(0, 0, {"staff": 5, "why": SAID}, times=12, submitted_on=today)
    process()
    return place


def _address() -> str:
    comment = db.session.scalars(select(Comment)).first()
    assert comment is not None
    return f"/results/comments/{comment.response_id}/why/original"


def _said(page: str) -> str:
    """Without the marks within words."""
    return re.sub("<[^>]*>", "", page)


@pytest.mark.parametrize("role", ["administrator", "quality_manager", "head_of_unit", "auditor"])
def test_nobody_is_named_on_the_comments_page(place: Organisation, any_app: Flask, role: str) -> None:
    page = opened(signed_in(any_app.test_client(), role, place.wards[0]), "/results/comments")
    assert "[name] on reception was kind, call [phone]." in _said(page)
    assert not any(name in page for name in NAMED)
    assert ("/original" in page) == (role == "administrator")


def test_tokens_are_in_the_language_of_the_reader(place: Organisation, any_app: Flask) -> None:
    page = opened(signed_in(any_app.test_client()), "/results/comments", lang="zh_Hans")
    assert "感谢【姓名】医生" in _said(page)
    assert "【电话】" in _said(page)


def test_a_name_cannot_be_sought(place: Organisation, any_app: Flask) -> None:
    assert "reception" not in opened(signed_in(any_app.test_client()), "/results/comments", search="Emma")


def test_nobody_is_named_in_my_feedback(place: Organisation, any_app: Flask) -> None:
    page = signed_in(any_app.test_client(), "staff", place.wards[0]).get("/my-feedback").text
    assert "on reception was kind" in page
    assert not any(name in page for name in NAMED)


@pytest.mark.parametrize("answers", ["codes", "labels"])
@pytest.mark.parametrize("waiting", [False, True])
def test_nobody_is_named_in_an_export_not_even_before_the_worker_has_been_there(
    place: Organisation, any_app: Flask, answers: str, waiting: bool
) -> None:
    if waiting:
        place.answer(0, 0, {"staff": 1, "why": SAID + " waiting"}, times=11)
        db.session.commit()
    asked = {"questionnaire": "small", "language": "en", "what": "csv", "answers": answers}
    text = signed_in(any_app.test_client()).get("/export/file", query_string=asked).text
    assert text.count("on reception was kind") >= 24
    assert ("waiting" in text) == waiting
    assert not any(name in text for name in NAMED)


def test_an_administrator_reads_the_original_with_a_reason_that_stays(
    place: Organisation, any_app: Flask
) -> None:
    client, address = signed_in(any_app.test_client()), _address()
    assert "Emma" not in client.get(address).text
    page = client.post(address, data={"reason": "She asked to be called"})
    assert SAID in page.text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert (entry.deed, entry.thing_kind) == ("saw", "comments")
    assert json.loads(entry.details)["why"] == "She asked to be called"
    assert "Emma" not in entry.details


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "\x00"])
def test_without_a_reason_nothing_is_opened(place: Organisation, any_app: Flask, reason: str) -> None:
    answer = signed_in(any_app.test_client()).post(_address(), data={"reason": reason})
    assert answer.status_code == 422
    assert "Emma" not in answer.text


def test_an_original_that_cannot_be_opened_says_why(
    place: Organisation, any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.sealing._PURPOSE", "another")
    answer = signed_in(any_app.test_client()).post(_address(), data={"reason": "To call back"})
    assert answer.status_code == 409
    assert "another SECRET_KEY" in text_of(answer.text)


def test_what_is_not_there_is_not_found(place: Organisation, any_app: Flask) -> None:
    client: FlaskClient = signed_in(any_app.test_client())
    for wrong in (_address().replace("why", "staff"), "/results/comments/none/why/original"):
        assert client.get(wrong).status_code == 404
