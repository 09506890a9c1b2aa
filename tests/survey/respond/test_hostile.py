"""Whatever is sent, the page answers readably and nothing is stored that the version does not allow."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.extensions import db
from tests import factories
from tests.survey.respond.visiting import at, stored

HOSTILE = [
    "\x00",
    "4\x00",
    "6",
    "0",
    "-1",
    "NaN",
    "1e309",
    "４",
    "4 ",
    "true",
    "[4]",
    "9" * 5000,
    "<script>alert(1)</script>",
    "na ",
    "\u202e4",
    "4\u200b",
    "'; drop table response; --",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_an_unlisted_answer_is_refused_and_shown_again(client: FlaskClient, value: str) -> None:
    respondent = at(factories.link(), client).open()
    assert respondent.send(staff=value, why="Kept").status_code == 422
    assert "<script>alert" not in respondent.page.text
    assert respondent.fields.sent["why"] == "Kept"
    assert stored() == []


@pytest.mark.parametrize(
    "body",
    [
        b"staff=%ED%A0%80&why=%FF%FE",
        b"staff=4&staff=5",
        b"staff=4&staff=na",
        b"staff[]=4",
        b"%00=%00&=&&&",
        b"_page=nowhere&_go=%00&_asked=%00&_switch=xx",
        b"_page=all&_go=back",
        b"_consent=&_asked=staff&_asked=why",
        b"&".join(b"f%d=1" % n for n in range(3000)),
        b"why=" + b"%F0%9F%98%80" * 3000,
    ],
)
def test_a_strange_body_is_answered_readably(any_app: Flask, body: bytes) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    key = respondent.fields.sent["_key"].encode()
    for sent in (body, b"_key=" + key + b"&" + body):
        answer = respondent.client.post(
            respondent.address, data=sent, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (200, 413, 422)
        assert "<h1>" in answer.text
    assert stored() == []


def test_a_comment_with_characters_no_database_takes_is_stored_without_them(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    key = respondent.fields.sent["_key"].encode()
    body = b"_key=" + key + b"&staff=4&why=a%00b%ED%A0%80c%0D%0Ad%07"
    sent = respondent.client.post(
        respondent.address, data=body, content_type="application/x-www-form-urlencoded"
    )
    assert sent.status_code == 303
    (response,) = stored()
    assert response.answers["why"] == "ab%ED%A0%80c\nd"


def test_ten_megabytes_are_refused(any_app: Flask) -> None:
    respondent = at(factories.link(), any_app.test_client()).open()
    for content_type in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
    ):
        answer = respondent.client.post(
            respondent.address, data=b"why=" + b"x" * 10_000_000, content_type=content_type
        )
        assert answer.status_code in (413, 422, 400)
        assert "<h1>" in answer.text
    assert stored() == []


def test_other_methods_are_refused_kindly(client: FlaskClient) -> None:
    respondent = at(factories.link(), client)
    assert client.put(respondent.address, data={}).status_code == 405
    assert client.delete(respondent.address).status_code == 405


def test_texts_of_the_questionnaire_cannot_become_markup(client: FlaskClient) -> None:
    bad = {"en": "<script>x</script>\"'>", "zh_Hans": "<b>"}
    link = factories.link(questionnaire=factories.published(title=bad, intro=bad))
    assert "<script>x" not in at(link, client).open().page.text


def test_a_database_that_does_not_answer_loses_nothing_that_was_typed(client: FlaskClient) -> None:
    respondent = at(factories.link(), client).open()
    sent = respondent.filled(staff="4", why="Typed with care")
    db.drop_all()
    respondent.page = client.post(respondent.address, data=sent)
    assert respondent.page.status_code == 503
    assert respondent.page.headers["Retry-After"]
    again = respondent.fields.sent
    assert again == sent
    db.create_all()
