"""Which addresses open, in which language, and what a form's key is good for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import clock
from survey.design.service import publish, save_draft
from survey.extensions import db, limiter
from tests import factories
from tests.survey.respond.visiting import Respondent, at, invited, stored

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "address", ["/s/nosuch", "/s/%00", "/s/a%ED%A0%80b", "/k/nosuch", f"/i/{'x' * 32}", "/i/short"]
)
def test_an_unknown_address_says_so_kindly(any_app: Flask, address: str) -> None:
    answer = any_app.test_client().get(address)
    assert answer.status_code == 404
    assert "Please check the address" in answer.text


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"closed_at": -HOUR}, 410, "Closed"),
        ({"closes_at": -HOUR}, 410, "Closed"),
        ({"opens_at": HOUR}, 403, "Not open yet"),
        ({"paused_at": -HOUR}, 403, "Paused"),
    ],
)
def test_a_link_that_is_not_open_takes_no_answers(
    any_app: Flask, given: dict[str, timedelta], status: int, words: str
) -> None:
    link = factories.link()
    respondent = at(link, any_app.test_client()).open()
    for name, shift in given.items():
        setattr(link, name, clock.now() + shift)
    db.session.commit()
    assert respondent.send(staff="4").status_code == status
    assert stored() == []
    assert respondent.open().page.status_code == status
    assert words in respondent.page.text


def test_who_began_in_time_may_finish(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    respondent = at(factories.link(closes_at=clock.now() + MINUTE), client).open()
    later = clock.now() + 10 * MINUTE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert respondent.send(staff="4").status_code == 303
    assert respondent.open().page.status_code == 410


def test_who_began_long_before_the_link_closed_is_too_late(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = factories.link(closes_at=clock.now() + MINUTE)
    respondent = at(link, client).open()
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    assert respondent.send(staff="4").status_code == 410
    assert stored() == []


def test_an_expired_invitation_is_closed(client: FlaskClient) -> None:
    token, _invitation = invited(factories.published(), expires_at=clock.now() - MINUTE)
    assert client.get(f"/i/{token}").status_code == 410


def test_a_retired_or_unpublished_questionnaire_is_not_open(client: FlaskClient) -> None:
    link = factories.link()
    link.questionnaire.retired_at = clock.now()
    assert at(link, client).open().page.status_code == 410
    draft = save_draft(factories.document(code="draft")).questionnaire
    assert at(factories.link(questionnaire=draft), client).open().page.status_code == 403


def test_a_form_from_before_a_new_version_counts_for_its_own_version(client: FlaskClient) -> None:
    link = factories.link()
    old = link.questionnaire.published
    assert old is not None
    old_id = old.id
    respondent = at(link, client).open()
    wider = factories.document()
    wider["sections"][0]["questions"].pop()
    publish(save_draft(wider))
    db.session.commit()
    assert respondent.send(staff="4", why="Good").status_code == 303
    assert [response.version_id for response in stored()] == [old_id]
    assert respondent.open().questions == ["staff"]


@pytest.mark.parametrize("key", ["", "made up", "l1~1~abc~0~en.signature", "\x00", "ü" * 300, None])
def test_a_form_without_its_key_comes_back_with_a_good_one(client: FlaskClient, key: str | None) -> None:
    respondent = at(factories.link(), client).open()
    sent = respondent.filled(staff="4", why="Typed with care")
    sent.pop("_key")
    if key is not None:
        sent["_key"] = key
    respondent.page = client.post(respondent.address, data=sent)
    assert respondent.page.status_code == 422
    assert "Typed with care" in respondent.page.text
    assert stored() == []
    assert respondent.send().status_code == 303
    assert [response.answers["why"] for response in stored()] == ["Typed with care"]


def test_a_key_works_for_its_own_address_only(client: FlaskClient) -> None:
    here = at(factories.link(), client).open()
    other = at(factories.link(questionnaire=factories.published(code="other")), client)
    token, _invitation = invited(factories.published(code="third"))
    for address in (other.address, f"/i/{token}"):
        assert client.post(address, data=here.filled(staff="4")).status_code == 422
    assert stored() == []


@pytest.mark.parametrize(
    ("browser", "link_locale", "query", "title"),
    [
        ("en", None, {}, "Small questionnaire"),
        ("zh-CN,en;q=0.5", None, {}, "小问卷"),
        ("zh-TW", None, {}, "小问卷"),  # the other script stands in
        ("fr", None, {}, "Small questionnaire"),
        ("en", "zh_Hans", {}, "小问卷"),
        ("en", "zh_Hans", {"lang": "en"}, "Small questionnaire"),
        ("en", None, {"lang": "nonsense"}, "Small questionnaire"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_links_then_the_browsers(
    client: FlaskClient, browser: str, link_locale: str | None, query: dict[str, str], title: str
) -> None:
    respondent = at(factories.link(locale=link_locale), client)
    page = client.get(respondent.address, query_string=query, headers={"Accept-Language": browser})
    assert f"<title>{title}</title>" in page.text


def test_switching_the_language_keeps_what_was_typed_and_the_key(client: FlaskClient) -> None:
    respondent = at(factories.link(), client).open()
    before = respondent.fields.sent["_key"]
    respondent.press({"_switch": "zh_Hans"}, staff="2", why="慢")
    assert respondent.page.status_code == 200
    assert "小问卷" in respondent.page.text
    assert 'lang="zh-Hans"' in respondent.page.text
    after = respondent.fields.sent["_key"]
    assert before.split("~")[2] == after.split("~")[2]
    assert stored() == []
    respondent.send()
    assert [(r.locale, r.answers) for r in stored()] == [("zh_Hans", {"staff": 2, "why": "慢"})]


def test_respondents_get_no_cookie(client: FlaskClient) -> None:
    respondent = at(factories.link(), client).open(lang="zh_Hans")
    pages = [respondent.page, respondent.send(), respondent.send(staff="4")]
    pages += [client.get(pages[-1].headers["Location"]), client.get("/s/nosuch?lang=en")]
    assert [page.status_code for page in pages] == [200, 422, 303, 200, 404]
    assert not any("Set-Cookie" in page.headers for page in pages)


def test_a_kiosk_shows_nothing_again_and_goes_back_to_its_start(client: FlaskClient) -> None:
    link = factories.link()
    kiosk = Respondent(client, at(link, client).address.replace("/s/", "/k/")).open()
    assert kiosk.page.headers["Cache-Control"] == "no-store"
    answer = client.get(kiosk.send(staff="4").headers["Location"])
    assert f'url={kiosk.address}"></noscript>' in answer.text


def test_a_receipt_that_was_never_given_is_not_confirmed(client: FlaskClient) -> None:
    assert client.get("/receipt/0000-0000-0000").status_code == 404
    assert client.get("/receipt/%00").status_code == 404


def test_too_many_submissions_are_asked_to_wait_with_everything_kept(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], submissions_per_minute=3)
    before, limiter.enabled = limiter.enabled, True
    try:
        respondent = at(factories.link(), app.test_client()).open()
        for _ in range(3):
            assert respondent.client.post(respondent.address, data={}).status_code == 422
        respondent.send(staff="4", why="Kept")
        assert respondent.page.status_code == 429
        assert respondent.page.headers["Retry-After"]
        assert respondent.fields.sent["why"] == "Kept"
    finally:
        limiter.enabled = before
        limiter.reset()


def test_a_survey_with_consent_opens_in_the_language_that_is_asked_for(client: FlaskClient) -> None:
    agree = {"en": "I agree.", "zh_Hans": "我同意。"}
    privacy = factories.document()["privacy"] | {"consent": agree}
    link = factories.link(questionnaire=factories.published(privacy=privacy))
    respondent = at(link, client).open(lang="zh_Hans")
    assert respondent.page.status_code == 200 and "我同意。" in respondent.page.text
