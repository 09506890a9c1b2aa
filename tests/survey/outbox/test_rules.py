"""What administrators decide about all messages: how many respondents get, how long texts are kept."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from survey import jobs
from survey.extensions import db
from survey.models import Message, MessageText, State
from survey.outbox import keeping, queries, registry, rules
from survey.outbox.recipients import Address
from survey.outbox.service import put
from tests import factories
from tests.survey.outbox.conftest import Watch
from tests.survey.outbox.postbox import Postbox
from tests.survey.outbox.test_respondents import FIELDS

SOMEBODY = Address("email", "patient@example.org", "en")


def _told(number: int) -> None:
    registry.register("told", title="Told", sample=FIELDS, to_respondents=True)
    if db.session.get(MessageText, ("told", "en")) is None:
        db.session.add(MessageText(template="told", locale="en", subject="{{ sender }}", body="{{ link }}"))
    put(f"tell:{number}", SOMEBODY, "told", FIELDS)
    db.session.commit()
    jobs.send_messages()


def test_an_administrator_limits_what_respondents_get(mailing: Flask, postbox: Postbox) -> None:
    client = mailing.test_client()
    factories.sign_in(client, factories.UserFactory(role="administrator"))
    sent = {"most_a_month": "2", "kept_days": "30"}
    assert client.post("/messages/channels/limits", data=sent).status_code == 302
    assert "at most 2 messages in 30 days" in client.get("/messages/channels?lang=en").text
    for number in range(3):
        _told(number)
    assert len(postbox.mails) == 2
    held = db.session.scalars(select(Message).where(Message.state == State.HELD)).one()
    assert held.failure == "too-many"
    client.post("/messages/channels/limits", data={"most_a_month": "", "kept_days": "30"})
    _told(3)
    assert len(postbox.mails) == 3


@pytest.mark.parametrize(
    "sent",
    [{"kept_days": "0"}, {"kept_days": ""}, {"kept_days": "30", "most_a_month": "0"}, {"kept_days": "x"}],
)
def test_what_makes_no_sense_is_refused(mailing: Flask, sent: dict[str, str]) -> None:
    client = mailing.test_client()
    factories.sign_in(client, factories.UserFactory(role="administrator"))
    assert 'class="error"' in client.post("/messages/channels/limits", data=sent).text
    assert rules.current() == rules.Rules()


def test_old_messages_are_forgotten_and_their_states_stay(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    person = factories.UserFactory(role="administrator")
    put("test:old", person, "test", FIELDS, channels=["in_app"])
    postbox.on_recipient = lambda address: "550 5.1.1 no" if address == SOMEBODY.text else "250 OK"
    _told(1)
    postbox.stop()
    put("test:waits", person, "test", FIELDS, channels=["email"])
    db.session.commit()
    jobs.send_messages()
    watch.on(days=rules.KEPT_DAYS - 1)
    jobs.remove_expired()
    assert db.session.scalar(select(Message.id).where(Message.sealed.is_(None))) is None
    watch.on(days=2)
    jobs.remove_expired()
    db.session.expire_all()
    found = {one.cause: (one.state, one.sealed is None) for one in db.session.scalars(select(Message))}
    assert found == {
        "test:old": (State.SENT, True),
        "tell:1": (State.DEAD, True),
        "test:waits": (State.WAITING, False),
    }
    assert queries.unread(person) == 0 and queries.notices(person, "en", "", 1) == ([], False)
    assert keeping.again() == 0
