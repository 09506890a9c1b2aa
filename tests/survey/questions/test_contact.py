"""Contact details: given with consent or not at all, sealed by the worker, in no file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from survey import jobs
from survey.extensions import db
from survey.models import Original, Response
from survey.processing import erasing, originals, subject
from survey.questions.base import AnswerError
from tests import factories
from tests.survey.questions.samples import parts_sent, question, words
from tests.survey.respond.visiting import at

GIVEN = {"name": "Wang Fang", "email": "Wang.Fang@Example.org", "phone": "+86 138-0013 8000", "agreed": "yes"}
STORED = {"name": "Wang Fang", "email": "Wang.Fang@example.org", "phone": "+8613800138000"}
TOKENS = {"name": "[name]", "email": "[email]", "phone": "[phone]"}


def test_details_are_read_with_consent() -> None:
    assert parts_sent("contact", GIVEN) == STORED
    assert parts_sent("contact", {"phone": "０１０－６５５５　１２３４", "agreed": "yes"}) == {
        "phone": "01065551234"
    }


def test_nobody_has_to_give_any() -> None:
    assert parts_sent("contact", {}) is None
    assert parts_sent("contact", {"email": " ", "phone": ""}) is None


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        (GIVEN | {"agreed": ""}, "tick the box"),
        (GIVEN | {"agreed": "no"}, "tick the box"),
        ({"agreed": "yes"}, "how we can reach you"),
        ({"name": "Wang Fang", "agreed": "yes"}, "how we can reach you"),
        ({"email": "wang@", "agreed": "yes"}, "e-mail address"),
        ({"phone": "call me", "agreed": "yes"}, "telephone number"),
        ({"phone": "1" * 21, "agreed": "yes"}, "telephone number"),
        ({"email": "a" * 200 + "@example.org", "agreed": "yes"}, "120 characters"),
    ],
)
def test_details_that_reach_nobody_are_told_beside_the_question(sent: dict[str, str], complaint: str) -> None:
    with pytest.raises(AnswerError, match=complaint):
        parts_sent("contact", sent)


def test_only_who_gives_details_asks_for_contact() -> None:
    assert question("contact").asks_for_contact(STORED)
    assert question("contact").asks_for_contact(TOKENS)
    assert not question("contact").asks_for_contact(None)
    assert not question("comment").asks_for_contact("Please call me")


def test_a_file_holds_tokens_whether_or_not_the_worker_was_there() -> None:
    asked = question("contact")
    assert asked.cells(STORED, None) == asked.cells(TOKENS, "en") == list(TOKENS.values())
    assert asked.accept(TOKENS) == TOKENS


def _link() -> Any:
    questions = [
        {
            "type": "rating",
            "code": "staff",
            "wording": words("Staff?"),
            "points": [{"value": v} for v in (1, 2)],
        },
        {"type": "contact", "code": "reach", "wording": words("May we contact you?")},
    ]
    document = factories.document(sections=[{"code": "all", "questions": questions}])
    return factories.link(questionnaire=factories.published(**document))


def _stored(link: Any, client: FlaskClient) -> Response:
    visit = at(link, client).open()
    data = {"_key": visit.fields.sent["_key"], "_go": "send", "staff": "1"}
    data |= {f"reach.{part}": text for part, text in GIVEN.items()}
    assert client.post(visit.address, data=data).status_code == 303
    jobs.process_waiting()
    found: Response = db.session.query(Response).one()
    return found


def test_the_worker_seals_them_and_they_can_be_opened_again(client: FlaskClient) -> None:
    stored = _stored(_link(), client)
    assert stored.answers == {"staff": 1, "reach": TOKENS}
    assert originals.given(stored)["reach"] == STORED
    sealed = db.session.query(Original).one().sealed
    assert b"Wang" not in sealed


def test_the_person_sees_what_is_stored(client: FlaskClient) -> None:
    lines = subject.answers(_stored(_link(), client), "en")
    assert [line.answer for line in lines][1:] == list(STORED.values())


def test_reprocessing_gives_them_back_and_seals_them_again(client: FlaskClient) -> None:
    stored = _stored(_link(), client)
    erasing.reprocess([stored.id])
    db.session.commit()
    db.session.expire_all()
    assert stored.answers["reach"] == STORED
    jobs.process_waiting()
    db.session.expire_all()
    assert stored.answers["reach"] == TOKENS and originals.given(stored)["reach"] == STORED


def test_when_texts_have_been_kept_long_enough_nobody_can_open_them(client: FlaskClient) -> None:
    stored = _stored(_link(), client)
    erasing.strip([stored.id])
    db.session.commit()
    db.session.expire_all()
    assert "Wang" not in json.dumps(originals.given(stored), ensure_ascii=False)
    assert db.session.query(Original).count() == 0


def test_what_was_typed_stays_when_something_is_wrong(client: FlaskClient) -> None:
    visit = at(_link(), client).open()
    data = {"_key": visit.fields.sent["_key"], "_go": "send", "reach.email": "wang@", "reach.name": "王芳"}
    page = client.post(visit.address, data=data)
    assert page.status_code == 422
    assert 'value="wang@"' in page.text and 'value="王芳"' in page.text
