"""The pages: what was not sent and why, channels, words, notices, choices, jobs."""

from __future__ import annotations

import re
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey import jobs
from survey.channels import kept
from survey.extensions import db
from survey.models import Endpoint, Message, MessageChoice, MessageText, State, User
from survey.outbox.recipients import chosen
from survey.outbox.service import put
from survey.outbox.words import filled
from tests import factories
from tests.survey.outbox.postbox import OK, Postbox

FIELDS = {"sender": "Ada", "link": "https://survey.example/cases/1"}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WEBHOOK = {
    "name": "Ward group",
    "locale": "en",
    "unit": "",
    "url": "https://hooks.example.org/x",
    "secret": SECRET,
}


def _signed_in(app: Flask, role: str = "administrator") -> tuple[FlaskClient, User]:
    client, person = app.test_client(), factories.UserFactory(role=role)
    factories.sign_in(client, person)
    return client, person


def test_what_was_given_up_is_shown_with_its_reason_and_sent_again(mailing: Flask, postbox: Postbox) -> None:
    client, person = _signed_in(mailing)
    postbox.on_recipient = lambda address: "550 5.1.1 no such user"
    put("case:1", person, "test", FIELDS, channels=["email"])
    db.session.commit()
    jobs.send_messages()
    shown = client.get("/messages").text
    assert "550 5.1.1 no such user" in shown and "Send all again" in shown
    assert "Ada" not in shown.replace(person.name, "")
    postbox.on_recipient = lambda address: OK
    number = re.search(r'name="message" value="([^"]+)"', shown)
    assert number is not None
    assert client.post("/messages/again", data={"message": number[1]}).status_code == 302
    jobs.send_messages()
    assert len(postbox.mails) == 1
    assert "Send all again" not in client.get("/messages").text


def test_a_test_by_mail_arrives(mailing: Flask, postbox: Postbox) -> None:
    client, person = _signed_in(mailing)
    assert "Set up" in client.get("/messages/channels").text
    client.post("/messages/test", data={"channel": "email"})
    jobs.send_messages()
    assert [mail["To"] for mail in postbox.mails] == [person.email]


def test_without_a_mail_server_messages_are_held_back_and_say_so(app: Flask) -> None:
    client, person = _signed_in(app)
    put("case:1", person, "test", FIELDS)
    db.session.commit()
    jobs.send_messages()
    assert "This channel is not set up." in client.get("/messages").text
    assert client.get("/notices").text.count("A test message from Afterword") == 1


def test_an_endpoints_secrets_are_sealed_and_never_shown_and_stay_when_left_empty(any_app: Flask) -> None:
    client, _person = _signed_in(any_app)
    assert client.post("/messages/channels/new/webhook", data=WEBHOOK).status_code == 302
    row = db.session.scalars(select(Endpoint)).one()
    assert SECRET.encode() not in row.sealed and b"hooks" not in row.sealed
    address = f"/messages/channels/endpoints/{row.id}"
    assert SECRET not in client.get(address).text
    assert "Ward group" in client.get("/messages/channels").text
    changed = client.post(address, data=WEBHOOK | {"secret": "", "url": "https://hooks.example.org/y"})
    assert changed.status_code == 302
    db.session.expire_all()
    assert kept.of_endpoint(row.id, row.sealed) == {"url": "https://hooks.example.org/y", "secret": SECRET}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"url": "http://hooks.example.org/"}, "This must begin with https://"),
        ({"secret": "abc"}, "This is no secret of Standard Webhooks"),
        ({"name": ""}, "Please fill this in."),
        ({"unit": "no-such"}, ""),
    ],
)
def test_a_wrong_setting_is_told_beside_it_and_nothing_typed_is_lost(
    app: Flask, changed: dict[str, str], told: str
) -> None:
    client, _person = _signed_in(app)
    answer = client.post(
        "/messages/channels/new/webhook", data=WEBHOOK | {"name": "A name I typed"} | changed
    )
    assert answer.status_code == 200
    assert told in answer.text
    assert changed.get("name") == "" or "A name I typed" in answer.text
    assert db.session.scalars(select(Endpoint)).all() == []


def test_own_words_are_used_in_their_language_and_the_original_comes_back(app: Flask) -> None:
    client, _person = _signed_in(app)
    address = "/messages/texts/test/zh_Hans"
    given = {"subject": "来自 {{ sender }}", "body": "请看：\n\n{{ link }}"}
    shown = client.post(address, data=given | {"preview": "1"}).text
    assert "来自 Li Wei" in shown
    assert db.session.scalars(select(MessageText)).all() == []
    assert client.post(address, data=given | {"store": "1"}).status_code == 302
    assert filled("test", "zh_Hans", FIELDS).subject == "来自 Ada"
    assert "Ada sent this" in filled("test", "en", FIELDS).body
    client.post(address, data=given | {"own": "1"})
    assert "测试" in filled("test", "zh_Hans", FIELDS).subject


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello {{ colour }}", "There is no field called colour in this message."),
        ("one\n{{ sender.__class__ }}", "Line 2: between braces only the name of a field is understood."),
        ("{{ sender | upper }}", "Line 1: between braces only the name of a field is understood."),
        (
            "{% for x in 'aaa' %}{% endfor %}",
            "Line 1: between braces only the name of a field is understood.",
        ),
        ("{{ 'a' * 999999999 }}", "Line 1: between braces only the name of a field is understood."),
        ("{{ sender", "Line 1: these braces are not understood."),
        ("", "Please fill this in."),
    ],
)
def test_words_that_are_not_understood_are_told_and_not_kept(app: Flask, text: str, told: str) -> None:
    client, _person = _signed_in(app)
    given = {"subject": "My subject", "body": text, "store": "1"}
    answer = client.post("/messages/texts/test/en", data=given)
    assert answer.status_code == 200
    assert told in answer.text and "My subject" in answer.text
    assert db.session.scalars(select(MessageText)).all() == []


def test_what_a_field_says_is_text_in_mail_and_page_never_markup_nor_template(
    mailing: Flask, postbox: Postbox
) -> None:
    client, person = _signed_in(mailing)
    evil = {
        "sender": "<b onclick=x>{{ link }}</b>\n\nhttps://evil.example/",
        "link": "https://survey.example/a",
    }
    put("case:1", person, "test", evil)
    db.session.commit()
    jobs.send_messages()
    page = postbox.mails[0].get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "&lt;b onclick=x&gt;{{ link }}" in page
    assert 'href="https://evil.example' not in page
    assert "&lt;b onclick=x&gt;{{ link }}" in client.get("/notices").text


def test_the_bell_counts_what_is_new_until_it_is_read(any_app: Flask) -> None:
    client, person = _signed_in(any_app, "auditor")
    other = factories.UserFactory()
    base = any_app.extensions["settings"].base_url
    for number in range(3):
        put(f"case:{number}", person, "test", FIELDS | {"link": f"{base}/account"}, channels=["in_app"])
    put("case:1", other, "test", FIELDS, channels=["in_app"])
    db.session.commit()
    assert "3 new notices" in client.get("/account").text
    mine = db.session.scalars(select(Message.id).where(Message.user_id == person.id)).first()
    opened = client.post(f"/notices/{mine}/open")
    assert (opened.status_code, opened.location) == (302, "/account")
    assert "2 new notices" in client.get("/account").text
    theirs = db.session.scalars(select(Message.id).where(Message.user_id == other.id)).one()
    assert client.post(f"/notices/{theirs}/open").status_code == 404
    assert client.post(f"/notices/{uuid.uuid4()}/open").status_code == 404
    client.post("/notices/read")
    assert "new notice" not in client.get("/account").text


def test_a_notice_leads_to_no_other_site(any_app: Flask) -> None:
    client, person = _signed_in(any_app)
    base = any_app.extensions["settings"].base_url
    for number, link in enumerate(
        ("https://evil.example/", f"{base}//evil.example/", f"{base}.evil.example/")
    ):
        put(f"case:{number}", person, "test", FIELDS | {"link": link}, channels=["in_app"])
    db.session.commit()
    for number in db.session.scalars(select(Message.id)).all():
        assert client.post(f"/notices/{number}/open").location == "/notices"


def test_a_person_says_by_what_to_be_told(any_app: Flask) -> None:
    client, person = _signed_in(any_app, "auditor")
    assert client.post("/notices/choices", data={"number": "138 0000-0000"}).status_code == 302
    assert chosen(person) == ("in_app", "sms")
    assert b"1380000" not in (db.session.get(MessageChoice, (person.id, "sms")).sealed or b"")  # type: ignore[union-attr]
    assert "13800000000" in client.get("/notices/choices").text
    wrong = client.post("/notices/choices", data={"number": "call me", "by_mail": "y"})
    assert "This is not a telephone number." in wrong.text and "call me" in wrong.text
    client.post("/notices/choices", data={"number": "", "by_mail": "y"})
    db.session.expire_all()
    assert chosen(person) == ("in_app", "email")


def test_jobs_say_when_they_ran_and_run_next_and_run_when_asked(any_app: Flask) -> None:
    client, _person = _signed_in(any_app)
    jobs.watched(jobs.make_reports)
    shown = client.get("/operation/jobs").text
    for title in ("Process responses", "Send messages", "Clean up once a day"):
        assert title in shown
    assert client.post("/operation/jobs", data={"job": "make_reports"}).status_code == 302
    assert client.post("/operation/jobs", data={"job": "rm"}).status_code == 404
    huey = any_app.extensions["huey"]
    task = huey.dequeue()
    assert task.args == ("make_reports",)
    assert huey.execute(task) is None
    assert jobs.asked("send_messages") == 0


def test_every_message_is_there_in_every_language(app: Flask) -> None:
    from_sample = {locale: filled("test", locale, FIELDS).subject for locale in ("en", "zh_Hans", "zh_Hant")}
    assert len(set(from_sample.values())) == 3
    assert db.session.scalars(select(Message).where(Message.state == State.DEAD)).all() == []
