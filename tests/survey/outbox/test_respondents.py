"""Respondents get so many messages a month, and none after saying so with one click."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from survey import jobs
from survey.extensions import db
from survey.models import Message, MessageStop, MessageText, State
from survey.outbox import registry
from survey.outbox.recipients import Address
from survey.outbox.service import put
from tests.survey.outbox.conftest import Watch
from tests.survey.outbox.postbox import Postbox

FIELDS = {"sender": "Ada", "link": "https://survey.example/x"}


def test_a_respondent_gets_so_many_a_month_and_none_after_saying_no_more(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    registry.register("asked", title="Asked", sample=FIELDS, to_respondents=True, most_a_month=2)
    db.session.add(
        MessageText(template="asked", locale="en", subject="We ask {{ sender }}", body="{{ link }}")
    )
    somebody = Address("email", "patient@example.org", "en")
    for number in range(3):
        put(f"invite:{number}", somebody, "asked", FIELDS)
        db.session.commit()
        jobs.send_messages()
    assert len(postbox.mails) == 2
    held = db.session.scalars(select(Message).where(Message.state == State.HELD)).one()
    assert held.failure == "too-many"
    mail = postbox.mails[0]
    link = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.get_body(("plain",)).get_content()
    path = link.removeprefix("https://survey.example")
    client = mailing.test_client()
    assert client.get(path).status_code == 200
    assert db.session.scalars(select(MessageStop)).all() == []  # a scanner that follows links ends nothing
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404
    watch.on(days=31)
    put("invite:9", somebody, "asked", FIELDS)
    db.session.commit()
    jobs.send_messages()
    assert len(postbox.mails) == 2
