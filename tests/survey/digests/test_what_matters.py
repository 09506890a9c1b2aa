"""Digests tell the topics that matter most, and who may see it how right that reading is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from survey import jobs
from survey.extensions import db
from survey.outbox.letters import letter
from tests import factories
from tests.survey.digests.test_making import _answers, _fields, _text, link

__all__ = ["link"]
READING = "/results/comments/reading"


@pytest.mark.parametrize(("locale", "title"), [("en", "What matters most"), ("zh_Hans", "意见中最要紧的")])
def test_topics_are_told_with_comments_in_page_and_mail(
    link: Any, any_app: Flask, locale: str, title: str
) -> None:
    _answers(link, 21, "We had to wait far too long, the waiting time was terrible")
    person = factories.UserFactory(role="head_of_unit", unit_id=link.unit_id, locale=locale)
    db.session.commit()
    jobs.make_digests()
    fields = _fields(person)
    assert title in _text(fields) and "waiting time was terrible" in _text(fields)
    mail = letter("digest", fields, locale)
    client = any_app.test_client()
    factories.sign_in(client, person)
    for shown in (mail.text, mail.html, client.get("/digest").text):
        assert title in shown and "terrible" in shown and READING in shown


def test_who_may_not_see_how_right_the_reading_is_gets_no_link(link: Any) -> None:
    _answers(link, 21, "We had to wait far too long, the waiting time was terrible")
    person = factories.UserFactory(role="staff", unit_id=link.unit_id, locale="en")
    db.session.commit()
    jobs.make_digests()
    fields = _fields(person)
    assert "wrong at times" in _text(fields)
    assert READING not in letter("digest", fields, "en").text


def test_a_comment_that_stands_under_its_topic_is_not_told_again(link: Any) -> None:
    said = "We had to wait far too long, the waiting time was terrible"
    _answers(link, 21, said)
    person = factories.UserFactory(role="head_of_unit", unit_id=link.unit_id, locale="en")
    db.session.commit()
    jobs.make_digests()
    quotes = [quote for part in _fields(person)["parts"] for quote in part["quotes"]]
    assert len(quotes) > 2
    assert len(set(quotes)) == len(quotes)
