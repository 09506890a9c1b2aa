"""Customers who said how to reach them are written to, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from survey import clock, jobs
from survey.cases import service, talking
from survey.channels import kept
from survey.extensions import db
from survey.models import Case, CaseCause, CaseEvent, CaseLetter, Contact, Message, Response, State, User
from survey.outbox import keeping
from survey.processing import erasing
from survey.processing.letter_traces import mark
from survey.respond.following import sure
from tests import factories
from tests.survey.figures.organisation import process
from tests.survey.outbox.conftest import Watch
from tests.survey.outbox.postbox import Postbox

MAIL, PHONE = "wang.fang@example.org", "13812345678"
SAID = "The nurse shouted at me."
ANSWER = "We are sorry, the nurse was spoken with."


class Ward:
    def __init__(self) -> None:
        document = factories.document()
        document["sections"][0]["questions"].append(
            {"type": "contact", "code": "reach", "wording": {"en": "May we write to you?", "zh_Hans": "可以联系您吗？"}}
        )  # fmt: skip
        document["languages"] = ["en", "zh_Hans", "zh_Hant"]
        for part in (document["title"], document["privacy"]["notice"]):
            part["zh_Hant"] = part["zh_Hans"]
        for question in document["sections"][0]["questions"]:
            question["wording"]["zh_Hant"] = question["wording"]["zh_Hans"]
            for point in question.get("points", []):
                point["label"]["zh_Hant"] = point["label"]["zh_Hans"]
        self.link = factories.link(questionnaire=factories.published(**document))
        self.staff = factories.UserFactory(role="staff", unit=self.link.unit)
        self.cause = CaseCause(names={"en": "Manners"})
        db.session.add(self.cause)
        self.receipts = 0

    def said(self, reach: Mapping[str, str] | None, locale: str = "en") -> Response:
        answers = {"staff": 1, "why": SAID} | ({"reach": dict(reach)} if reach else {})
        self.receipts += 1
        made = factories.response(self.link, answers, receipt=f"7KQ2-9FXM-3TB{self.receipts}", locale=locale)
        db.session.commit()
        process()
        return made

    def case(self, *responses: Response) -> Case:
        reasons = [{"code": "low", "names": {"en": "Low"}}]
        ids = [one.id for one in responses]
        made = service.open_case(self.link.unit_id, "ordinary", ids, reasons, clock.now())
        service.acknowledge(made, self.staff, "She was shouted at", "I speak with the nurse")
        db.session.commit()
        return made

    def answer(self, case: Case, to: Response | None = None) -> None:
        talking.say(case, self.staff, ANSWER, to=to.id if to else None)
        db.session.commit()


@pytest.fixture
def ward(mailing: Flask) -> Ward:
    return Ward()


def _letters() -> list[Message]:
    db.session.expire_all()
    customers = select(Message).where(Message.template.startswith("customer_"))
    return list(db.session.scalars(customers.order_by(Message.created_at)))


def _text(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def test_an_answer_reaches_the_mailbox_without_a_word_of_it(
    mailing: Flask, ward: Ward, postbox: Postbox
) -> None:
    said = ward.said({"name": "王芳", "email": MAIL, "phone": PHONE})
    ward.answer(ward.case(said))
    jobs.send_messages()
    jobs.send_messages()
    (mail,) = [one for one in postbox.mails if one["To"] == MAIL]
    whole = mail.as_string() + _text(mail)
    assert f"https://survey.example/receipt/{said.receipt}/case" in _text(mail)
    assert not any(words in whole for words in (SAID, ANSWER, "王芳", PHONE, ward.staff.name))
    assert "/no-more/" in mail["List-Unsubscribe"] and "/no-more/" in _text(mail)
    page = mailing.test_client().get(f"/receipt/{said.receipt}/case")
    assert ANSWER in page.text


@pytest.mark.parametrize(
    ("locale", "subject"),
    [("en", "There is an answer for you"), ("zh_Hans", "有给您的回复"), ("zh_Hant", "有給您的回覆")],
)
def test_it_is_written_in_the_language_of_the_answers(
    ward: Ward, postbox: Postbox, locale: str, subject: str
) -> None:
    ward.answer(ward.case(ward.said({"email": MAIL}, locale)))
    jobs.send_messages()
    assert subject in postbox.mails[-1]["Subject"]


def test_asking_and_resolving_are_told_too(ward: Ward, postbox: Postbox) -> None:
    said = ward.said({"email": MAIL})
    case = ward.case(said)
    service.wait(case, ward.staff, "Which day was it?", clock.now() + timedelta(days=2))
    service.resolve(case, ward.staff, ward.cause, "Spoken with her", "An apology")
    db.session.commit()
    jobs.send_messages()
    subjects = [str(mail["Subject"]).partition(":")[0] for mail in postbox.mails]
    assert subjects == ["We have a question for you", "We have dealt with it"]
    assert [one.text for one in talking.talk(case, said.id)] == ["Which day was it?"]


def test_nobody_is_written_to_who_gave_no_details(ward: Ward) -> None:
    one, other = ward.said(None), ward.said({"email": MAIL})
    case = ward.case(one, other)
    ward.answer(case, to=one)
    assert _letters() == []
    ward.answer(case)
    assert len(_letters()) == 1


def test_a_number_alone_gets_a_text_message(ward: Ward) -> None:
    kept.keep_of_channel("sms", {"provider": "log"})
    ward.answer(ward.case(ward.said({"phone": PHONE})))
    jobs.send_messages()
    assert [(one.channel, one.state) for one in _letters()] == [("sms", State.SENT)]


def test_nothing_is_sent_after_erasure_and_nothing_of_the_address_is_left(
    ward: Ward, postbox: Postbox
) -> None:
    said = ward.said({"email": MAIL})
    case = ward.case(said)
    ward.answer(case)
    jobs.send_messages()
    ward.answer(case)
    erasing.erase([said.id], clock.today("Asia/Shanghai"))
    db.session.commit()
    jobs.send_messages()
    assert len(postbox.mails) == 1
    assert [(one.state, one.sealed, one.recipient) for one in _letters()] == [
        (State.SENT, None, "forgotten"),
        (State.HELD, None, "forgotten"),
    ]
    ward.answer(case)
    assert len(_letters()) == 2
    assert keeping.again() == 0


def test_details_taken_back_are_gone_and_the_answers_stay(
    mailing: Flask, ward: Ward, postbox: Postbox
) -> None:
    said = ward.said({"name": "王芳", "email": MAIL})
    case = ward.case(said)
    ward.answer(case)
    client, address = mailing.test_client(), f"/receipt/{said.receipt}/case?lang=en"
    assert "Remove my contact details" in client.get(address).text
    sent = {"sure": sure(said.receipt), "withdraw": "1"}
    assert client.post(address, data=sent).status_code == 303
    assert "Remove my contact details" not in client.get(address).text
    jobs.send_messages()
    ward.answer(case)
    jobs.send_messages()
    assert postbox.mails == []
    case.owner_id = ward.staff.id
    factories.sign_in(client, ward.staff)
    page = client.post(f"/cases/{case.public_id}/original").text
    assert MAIL not in page and "王芳" not in page and SAID in page
    assert "took the contact details back" in page


def test_details_can_be_taken_back_once_they_are_read(mailing: Flask, ward: Ward) -> None:
    said = factories.response(ward.link, {"staff": 1, "reach": {"email": MAIL}}, receipt="7KQ2-9FXM-3TB9")
    db.session.commit()
    address, sent = f"/receipt/{said.receipt}/case?lang=en", {"sure": sure(said.receipt), "withdraw": "1"}
    client = mailing.test_client()
    assert client.post(address, data=sent).status_code == 422
    process()
    assert client.post(address, data=sent).status_code == 303
    assert MAIL not in str(db.session.get_one(Response, said.id).answers)


def test_an_address_that_does_not_exist_is_told_on_the_case_and_counted(
    mailing: Flask, ward: Ward, postbox: Postbox
) -> None:
    postbox.on_recipient = lambda address: "550 5.1.1 no such user" if address == MAIL else "250 OK"
    said = ward.said({"email": MAIL})
    case = ward.case(said)
    ward.answer(case)
    jobs.send_messages()
    jobs.escalate_cases()
    jobs.escalate_cases()
    db.session.expire_all()
    assert case.contact_problem == Contact.WRONG
    failed = db.session.scalars(select(CaseEvent).where(CaseEvent.kind == "failed")).all()
    assert [one.details["problem"] for one in failed] == ["wrong"]
    client = mailing.test_client()
    factories.sign_in(client, ward.staff)
    page = client.get(f"/cases/{case.public_id}?lang=en").text
    assert "not delivered" in page and "Contact data are wrong" in page and MAIL not in page


def test_the_case_says_that_it_was_sent_and_when(mailing: Flask, ward: Ward, watch: Watch) -> None:
    case = ward.case(ward.said({"email": MAIL}))
    ward.answer(case)
    client = mailing.test_client()
    factories.sign_in(client, ward.staff)
    assert "is being sent" in client.get(f"/cases/{case.public_id}").text
    jobs.send_messages()
    jobs.escalate_cases()
    page = client.get(f"/cases/{case.public_id}").text
    assert "E-mail to the customer" in page and "is being sent" not in page
    assert case.contact_problem is None
    assert all(one.noted for one in db.session.scalars(select(CaseLetter)))


def test_saying_no_more_ends_letters_and_is_no_wrong_address(
    mailing: Flask, ward: Ward, postbox: Postbox
) -> None:
    case = ward.case(ward.said({"email": MAIL}))
    ward.answer(case)
    jobs.send_messages()
    link = postbox.mails[0]["List-Unsubscribe"].strip("<>").removeprefix("https://survey.example")
    assert mailing.test_client().post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    ward.answer(case)
    jobs.send_messages()
    jobs.escalate_cases()
    db.session.expire_all()
    assert len(postbox.mails) == 1 and case.contact_problem is None
    assert [one.failure for one in _letters()] == [None, "unsubscribed"]


def test_staff_see_that_there_are_details_and_never_which(mailing: Flask, ward: Ward) -> None:
    case = ward.case(ward.said({"email": MAIL, "phone": PHONE}))
    ward.answer(case)
    other: User = factories.UserFactory(role="staff", unit=ward.link.unit)
    client = mailing.test_client()
    factories.sign_in(client, other)
    page = client.get(f"/cases/{case.public_id}").text
    assert MAIL not in page and PHONE not in page


def test_one_of_several_customers_is_answered_alone(mailing: Flask, ward: Ward, postbox: Postbox) -> None:
    one, other = ward.said({"email": MAIL}), ward.said({"email": "li@example.org"})
    case = ward.case(one, other)
    client = mailing.test_client()
    factories.sign_in(client, ward.staff)
    page = client.get(f"/cases/{case.public_id}?lang=en").text
    assert "Customer 1 of 2" in page and "Customer 2 of 2" in page
    sent = {"text": ANSWER, "to": mark(one.id), "seen": str(case.events_count)}
    assert client.post(f"/cases/{case.public_id}/answer", data=sent).status_code == 303
    jobs.send_messages()
    assert [mail["To"] for mail in postbox.mails] == [MAIL]
    assert ANSWER in client.get(f"/receipt/{one.receipt}/case").text
    assert ANSWER not in client.get(f"/receipt/{other.receipt}/case").text
    assert "Only to: Customer" in client.get(f"/cases/{case.public_id}?lang=en").text


def test_a_customer_who_is_not_of_the_case_cannot_be_chosen(mailing: Flask, ward: Ward) -> None:
    one, other, stranger = ward.said(None), ward.said(None), ward.said(None)
    case = ward.case(one, other)
    client = mailing.test_client()
    factories.sign_in(client, ward.staff)
    sent = {"text": ANSWER, "to": mark(stranger.id), "seen": str(case.events_count)}
    refused = client.post(f"/cases/{case.public_id}/answer", data=sent)
    assert refused.status_code == 422 and ANSWER in refused.text
    assert talking.talk(case, stranger.id) == talking.talk(case, one.id) == []


def test_where_there_is_one_customer_nothing_is_to_be_chosen(mailing: Flask, ward: Ward) -> None:
    case = ward.case(ward.said(None))
    client = mailing.test_client()
    factories.sign_in(client, ward.staff)
    page = client.get(f"/cases/{case.public_id}?lang=en").text
    assert 'id="answer-text"' in page and 'id="answer-to"' not in page
