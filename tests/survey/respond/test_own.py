"""With the receipt a person sees and deletes what is stored; without it nobody does."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from survey import jobs
from survey.extensions import db, limiter
from survey.models import AuditEntry, Comment, Response, Tally
from survey.questions.definition import definition_of
from survey.respond import limits, own
from tests import factories
from tests.survey.respond.visiting import Respondent, at, invited, stored

CONSENT = {
    "privacy": {
        "notice": {"en": "We keep your answers.", "zh_Hans": "我们保存您的回答。"},
        "consent": {"en": "I agree to this.", "zh_Hans": "我同意。"},
    }
}


def _sent(app: Flask, **answers: str) -> tuple[Respondent, str]:
    respondent = at(factories.link(), app.test_client()).open()
    respondent.send(**({"staff": "5", "why": "Kind <b>people</b>."} | answers))
    (response,) = stored()
    receipt = response.receipt
    db.session.rollback()
    return respondent, receipt


def test_the_receipt_leads_to_the_answers(any_app: Flask) -> None:
    respondent, receipt = _sent(any_app)
    page = respondent.client.get(f"/receipt/{receipt}").text
    assert f"/receipt/{receipt}/answers" in page
    page = respondent.client.get(f"/receipt/{receipt}/answers").text
    assert "How was the staff?" in page
    assert "5 points" in page
    assert "Kind &lt;b&gt;people&lt;/b&gt;." in page
    assert "We keep your answers." in page


@pytest.mark.parametrize("consent", [True, False])
def test_the_page_speaks_of_agreement_only_where_somebody_agreed(any_app: Flask, consent: bool) -> None:
    asked = CONSENT["privacy"] if consent else {"notice": CONSENT["privacy"]["notice"]}
    questionnaire = factories.published(privacy=asked)
    respondent = at(factories.link(questionnaire=questionnaire), any_app.test_client()).open(lang="en")
    address = respondent.send(staff="5", **({"_consent": "y"} if consent else {})).headers["Location"]
    page = respondent.client.get(f"{address.split('?')[0]}/answers").text
    assert "We keep your answers." in page
    assert ("What you were told and agreed to" in page) is consent
    assert ("<summary>What you were told</summary>" in page) is not consent
    assert ("I agree to this." in page) is consent


@pytest.mark.parametrize("write", [str.lower, lambda r: r.replace("-", " "), lambda r: r.replace("0", "o")])
def test_a_receipt_is_found_as_people_type_it(app: Flask, write: object) -> None:
    respondent, receipt = _sent(app)
    answer = respondent.client.post("/receipt", data={"receipt": write(receipt)})  # type: ignore[operator]
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/receipt/{receipt}/answers")


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "x" * 900, "\x00", "；ＤＲＯＰ", "'\"<script>"])
def test_a_wrong_receipt_is_asked_for_again(any_app: Flask, typed: str) -> None:
    answer = any_app.test_client().post("/receipt", data={"receipt": typed})
    assert answer.status_code == 404
    assert "No answers have this receipt" in answer.text


@pytest.fixture
def limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(limiter, "enabled", True)
    return app


def test_guessing_receipts_is_slowed(limited: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GUESSES_PER_MINUTE", 3)
    client = limited.test_client()
    statuses = [client.post("/receipt", data={"receipt": "0000-0000-0000"}).status_code for _ in range(5)]
    assert statuses == [404] * 3 + [429] * 2
    assert client.get("/receipt/0000-0000-0001/answers").status_code == 429


GUESS = "203.0.113.9"


@pytest.fixture
def guessed(limited: Flask) -> Flask:
    """Somebody has just tried sixty receipts and tokens that do not exist."""
    for number in range(limits.GUESSES_PER_MINUTE // 2):
        for wrong in (f"/receipt/0000-0000-{number:04}/answers", f"/i/{number:032}"):
            assert _by(limited, GUESS).get(wrong).status_code == 404
    return limited


def _by(app: Flask, address: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


@pytest.mark.parametrize("end", ["", "/answers", "/erase"])
def test_who_has_guessed_too_often_opens_nothing_with_the_right_receipt(guessed: Flask, end: str) -> None:
    _respondent, receipt = _sent(guessed)
    assert _by(guessed, GUESS).get(f"/receipt/{receipt}{end}").status_code == 429
    assert _by(guessed, GUESS).get(f"/k/any/receipt/{receipt}").status_code == 429
    assert _by(guessed, GUESS).post("/receipt", data={"receipt": receipt}).status_code == 429
    erased = {"sure": own.sure(receipt)}
    assert _by(guessed, GUESS).post(f"/receipt/{receipt}/erase", data=erased).status_code == 429
    assert len(stored()) == 1
    db.session.rollback()
    assert _by(guessed, "203.0.113.10").get(f"/receipt/{receipt}{end}").status_code == 200


def test_who_has_guessed_too_often_opens_nothing_with_the_right_token(guessed: Flask) -> None:
    token, _invitation = invited(factories.published())
    assert _by(guessed, GUESS).get(f"/i/{token}").status_code == 429
    assert _by(guessed, "203.0.113.10").get(f"/i/{token}").status_code == 200


def test_open_links_go_on_where_somebody_guesses(guessed: Flask) -> None:
    respondent = at(factories.link(), _by(guessed, GUESS)).open()
    assert respondent.send(staff="5").status_code == 303


def test_a_poster_with_a_dead_link_keeps_nobody_from_their_receipt(limited: Flask) -> None:
    _respondent, receipt = _sent(limited)
    statuses = [
        _by(limited, GUESS).get("/s/gone").status_code for _time in range(limits.GUESSES_PER_MINUTE + 1)
    ]
    seen = _by(limited, GUESS).get(f"/receipt/{receipt}").status_code
    assert (statuses[-2:], seen) == ([404, 429], 200)


def test_one_subscriber_has_many_addresses_of_ipv6_but_guesses_as_one(limited: Flask) -> None:
    guesses = [
        _by(limited, f"2001:db8:1:2::{number:x}").get(f"/i/{number:032}").status_code
        for number in range(limits.GUESSES_PER_MINUTE + 1)
    ]
    assert guesses[-2:] == [404, 429]


def test_looking_and_asking_delete_nothing(any_app: Flask) -> None:
    respondent, receipt = _sent(any_app)
    for method in ("get", "head", "options"):
        for end in ("", "/answers", "/erase"):
            assert getattr(respondent.client, method)(f"/receipt/{receipt}{end}").status_code == 200
    assert len(stored()) == 1


def test_a_person_deletes_their_answers_and_the_figures_follow(any_app: Flask) -> None:
    respondent, receipt = _sent(any_app)
    jobs.process_waiting()
    assert "Delete them" in respondent.client.get(f"/receipt/{receipt}/erase").text
    answer = respondent.client.post(f"/receipt/{receipt}/erase", data={"sure": own.sure(receipt)})
    assert "Your answers are deleted" in answer.text
    assert stored() == []
    for model in (Comment, Tally):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "erased")).one()
    assert entry.actor_kind == "respondent"
    assert receipt not in entry.thing_id + entry.thing_name + entry.details
    db.session.rollback()
    for end in ("", "/answers", "/erase"):
        assert respondent.client.get(f"/receipt/{receipt}{end}").status_code == 404
    assert (
        respondent.client.post(f"/receipt/{receipt}/erase", data={"sure": own.sure(receipt)}).status_code
        == 404
    )


def test_the_same_form_sent_after_a_deletion_is_stored_only_when_it_is_sent_again_on_purpose(
    any_app: Flask,
) -> None:
    respondent, receipt = _sent(any_app)
    again = respondent.filled if respondent.page.status_code == 200 else None
    form = respondent.open()
    sent = form.filled(staff="4")
    first = respondent.client.post(respondent.address, data=sent)
    mine = first.headers["Location"].split("/")[2]
    respondent.client.post(f"/receipt/{mine}/erase", data={"sure": own.sure(mine)})
    page = respondent.client.post(respondent.address, data=sent)
    assert page.status_code == 422
    assert "Please send them again" in page.text
    assert [response.receipt for response in stored()] == [receipt]
    respondent.page = page
    db.session.rollback()
    assert respondent.send().status_code == 303
    assert len(stored()) == 2
    assert again is None


def test_an_invitation_stays_used_when_its_answers_were_deleted(any_app: Flask) -> None:
    named = {"privacy": factories.document()["privacy"] | {"anonymous": False}}
    token, _invitation = invited(factories.published(**named))
    respondent = Respondent(any_app.test_client(), f"/i/{token}").open()
    sent = respondent.filled(staff="4")
    receipt = respondent.send(staff="4").headers["Location"].split("/")[2]
    respondent.client.post(f"/receipt/{receipt}/erase", data={"sure": own.sure(receipt)})
    assert respondent.client.post(respondent.address, data=sent).status_code == 410
    assert respondent.open().page.status_code == 410
    assert stored() == []


def test_a_shared_device_shows_no_way_to_the_answers(app: Flask) -> None:
    link = factories.link()
    code = link.code
    db.session.commit()
    respondent = Respondent(app.test_client(), f"/k/{code}").open()
    address = respondent.send(staff="5").headers["Location"]
    assert "/answers" not in respondent.client.get(address).text


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_words_that_were_agreed_to_are_kept_by_their_hash(any_app: Flask, language: str) -> None:
    respondent = at(factories.link(questionnaire=factories.published(**CONSENT)), any_app.test_client())
    respondent.open(lang=language).send(staff="5", _consent="y")
    (response,) = stored()
    definition = definition_of(response.version)
    assert response.consented
    assert response.locale == language
    assert response.consent_hash == definition.consent_hashes[language]
    assert len(set(definition.consent_hashes.values())) == 2


def test_another_promise_published_before_the_first_response_is_read_before_sending(any_app: Flask) -> None:
    questionnaire = factories.published()
    respondent = at(factories.link(questionnaire=questionnaire), any_app.test_client()).open()
    factories.published(privacy=factories.document()["privacy"] | {"anonymous": False})
    db.session.commit()
    page = respondent.send(staff="4")
    assert page.status_code == 422
    assert stored() == []
    db.session.rollback()
    respondent.send()
    (response,) = stored()
    assert response.version.number == 2
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
