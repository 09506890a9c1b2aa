"""Messages leave through a real SMTP server: once, and late rather than never."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from survey import jobs
from survey.extensions import db
from survey.models import Message, MessageStop, Reason, State, User
from survey.outbox.claiming import LEASE, PAUSES, claim
from survey.outbox.service import put
from tests import factories
from tests.survey.outbox.conftest import Watch
from tests.survey.outbox.postbox import OK, Postbox

FIELDS = {"sender": "Ada", "link": "https://survey.example/x"}


def _written(count: int = 1, email: str = "nurse{}@hospital.example") -> list[User]:
    people = [factories.UserFactory(email=email.format(number)) for number in range(count)]
    for person in people:
        put("case:1", person, "test", FIELDS, channels=["email"])
    db.session.commit()
    return people


def _row() -> Message:
    db.session.expire_all()
    return db.session.scalars(select(Message)).one()


def test_a_mail_arrives_with_text_html_and_the_id_of_its_row(mailing: Flask, postbox: Postbox) -> None:
    _written()
    assert jobs.send_messages() == 1
    (mail,) = postbox.mails
    row = _row()
    assert (row.state, row.tries, mail["Message-ID"]) == (State.SENT, 1, row.message_id)
    assert row.message_id.endswith("@hospital.example>")
    assert (mail["To"], mail["Subject"]) == ("nurse0@hospital.example", "A test message from Afterword")
    text, page = (part.get_content() for part in mail.iter_parts())
    assert "Ada sent this" in text and "https://survey.example/x" in text
    assert 'href="https://survey.example/x"' in page and "<style" not in page.partition("<body")[2]
    assert "background:" in page.partition('class="open"')[2].partition(">")[0].replace(" ", "")
    assert jobs.send_messages() == 0


def test_mails_that_leave_together_share_a_connection(mailing: Flask, postbox: Postbox) -> None:
    _written(5)
    assert jobs.send_messages() == 5
    assert (len(set(postbox.ids)), postbox.connections) == (5, 1)


def test_a_mail_server_that_is_down_for_a_day_loses_and_doubles_nothing(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    postbox.stop()
    _written(12)
    for _minute in range(0, 24 * 60, 10):
        jobs.send_messages()
        watch.on(minutes=10)
    assert set(db.session.scalars(select(Message.state))) == {State.WAITING}
    postbox.start()
    for _minute in range(0, 24 * 60, 10):
        jobs.send_messages()
        watch.on(minutes=10)
    assert set(db.session.scalars(select(Message.state))) == {State.SENT}
    assert len(postbox.ids) == len(set(postbox.ids)) == 12


def test_while_nobody_answers_one_message_is_tried_a_sweep(mailing: Flask, postbox: Postbox) -> None:
    postbox.stop()
    _written(5)
    assert jobs.send_messages() == 0
    assert sorted(db.session.scalars(select(Message.tries))) == [0, 0, 0, 0, 1]


def test_what_is_put_off_is_tried_for_two_days_under_one_id_and_then_given_up(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    assert sum(PAUSES, timedelta()) >= timedelta(hours=48)
    postbox.on_data = lambda: "451 4.7.1 try again later"
    _written()
    begun, first = watch.moment, _row().message_id
    while _row().state == State.WAITING:
        jobs.send_messages()
        watch.on(minutes=1)
    assert watch.moment - begun > timedelta(hours=48)
    row = _row()
    assert (row.state, row.tries, row.message_id) == (State.DEAD, len(PAUSES) + 1, first)
    assert row.failure == "451 4.7.1 try again later"


@pytest.mark.parametrize(
    ("answer", "stopped"),
    [
        ("550 5.1.1 <nurse0@hospital.example> unknown", True),
        ("550 unknown", True),
        ("554 5.7.1 no relaying", False),
    ],
)
def test_a_refused_recipient_is_told_at_once_and_a_wrong_address_is_marked(
    mailing: Flask, postbox: Postbox, answer: str, stopped: bool
) -> None:
    postbox.on_recipient = lambda address: answer
    (person,) = _written()
    jobs.send_messages()
    row = _row()
    assert (row.state, row.tries) == (State.DEAD, 1)
    assert row.failure == answer.replace("nurse0@hospital.example", "…")
    assert [stop.reason for stop in db.session.scalars(select(MessageStop))] == [Reason.BOUNCED] * stopped
    postbox.on_recipient = lambda address: OK
    put("case:2", person, "test", FIELDS, channels=["email"])
    db.session.commit()
    jobs.send_messages()
    assert len(postbox.mails) == (0 if stopped else 1)
    person.email = "other@hospital.example"  # another address is another matter
    put("case:3", person, "test", FIELDS, channels=["email"])
    db.session.commit()
    jobs.send_messages()
    assert postbox.mails[-1]["To"] == "other@hospital.example"


def test_one_refused_mail_does_not_hold_up_the_next_in_the_same_connection(
    mailing: Flask, postbox: Postbox
) -> None:
    postbox.on_recipient = lambda address: "450 4.2.0 busy" if address.startswith("nurse1") else OK
    _written(3)
    assert jobs.send_messages() == 2
    assert (len(postbox.mails), postbox.connections) == (2, 1)


def test_a_worker_that_died_leaves_its_message_to_the_next(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    _written()
    assert claim(["email"]) is not None
    assert jobs.send_messages() == 0  # leased
    watch.on(seconds=LEASE.total_seconds() + 1)
    assert timedelta(seconds=50) > LEASE
    assert jobs.send_messages() == 1
    assert len(postbox.mails) == 1


def test_a_clock_that_was_set_back_keeps_no_message_waiting(
    mailing: Flask, postbox: Postbox, watch: Watch
) -> None:
    postbox.on_data = lambda: "451 later"
    _written()
    jobs.send_messages()
    postbox.on_data = lambda: OK
    watch.on(days=-30)
    assert jobs.send_messages() == 1


def test_an_account_that_was_closed_meanwhile_gets_nothing(mailing: Flask, postbox: Postbox) -> None:
    (person,) = _written()
    person.active = False
    db.session.commit()
    jobs.send_messages()
    assert (_row().state, _row().failure, postbox.mails) == (State.HELD, "closed", [])


def test_a_message_that_cannot_be_written_is_given_up_and_the_others_leave(
    mailing: Flask, postbox: Postbox
) -> None:
    _written(2)
    db.session.execute(update(Message).where(Message.recipient.like("user:%")).values(template="test"))
    broken = db.session.scalars(select(Message).limit(1)).one()
    broken.template = "gone"
    db.session.commit()
    assert jobs.send_messages() == 1
    states = sorted(db.session.scalars(select(Message.state)))
    assert states == [State.DEAD, State.SENT]
