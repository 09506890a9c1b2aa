"""The three languages: complete, chosen in the right order, and shown."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField

from survey.extensions import db
from survey.translations.collect import TRANSLATED, problems, read
from tests.factories import UserFactory, document, link, published, sign_in

SIGN_IN = {"zh_Hans": "登录", "zh_Hant": "登入", "en": "Sign in"}
QUESTIONNAIRES = {"zh_Hans": "还没有问卷", "zh_Hant": "還沒有問卷", "en": "No questionnaires yet"}
SEND = {"zh_Hans": "提交", "zh_Hant": "送出", "en": "Send"}
SAID = {"zh_Hans": "小问卷", "zh_Hant": "小問卷", "en": "Small questionnaire"}


class Asked(FlaskForm):
    """Fields that complain in words of WTForms."""

    choice = SelectField(choices=["a"])
    day = DateField()
    number = IntegerField()


def in_three_languages() -> dict[str, object]:
    """A questionnaire with one question in all languages."""
    question = {"type": "comment", "code": "why", "wording": SAID, "purpose": "why"}
    return document(
        languages=list(SAID),
        title=SAID,
        privacy={"notice": SAID},
        sections=[{"code": "all", "questions": [question]}],
    )


def language_of(page: str) -> str:
    return page.partition('<html lang="')[2].partition('"')[0].replace("-", "_")


def test_every_text_is_in_every_catalogue() -> None:
    assert list(problems()) == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_no_translation_mixes_the_scripts(locale: str) -> None:
    other = {
        "zh_Hans": set("們這個號請務問題為沒應與開關顯"),
        "zh_Hant": set("们这个号请务问题为没应与开关显"),
    }[locale]
    mixed = [message.string for message in read(locale) if message.id and other & set(str(message.string))]
    assert mixed == []


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-Hant-MO", "zh_Hant"),
        ("zh-CN,zh;q=0.9", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("en-GB", "en"),
        ("fr, zh-TW;q=0.5", "zh_Hant"),
        ("fr", "en"),
    ],
)
def test_the_browser_gets_the_nearest_of_three(client: FlaskClient, header: str, locale: str) -> None:
    page = client.get("/login", headers={"Accept-Language": header}).text
    assert language_of(page) == locale
    assert SIGN_IN[locale] in page


@pytest.mark.parametrize("locale", QUESTIONNAIRES)
def test_a_page_for_staff_is_in_the_language_of_the_person(client: FlaskClient, locale: str) -> None:
    sign_in(client, UserFactory(locale=locale))
    page = client.get("/questionnaires", headers={"Accept-Language": "fr, en;q=0.9"}).text
    assert language_of(page) == locale
    assert QUESTIONNAIRES[locale] in page


def test_the_person_goes_before_the_browser(client: FlaskClient) -> None:
    sign_in(client, UserFactory(locale="zh_Hans"))
    page = client.get("/questionnaires", headers={"Accept-Language": "zh-TW"}).text
    assert QUESTIONNAIRES["zh_Hans"] in page


def test_a_person_who_chose_none_gets_the_language_of_the_browser(client: FlaskClient) -> None:
    sign_in(client, UserFactory(locale=None))
    page = client.get("/questionnaires", headers={"Accept-Language": "zh-TW"}).text
    assert QUESTIONNAIRES["zh_Hant"] in page


@pytest.mark.parametrize("locale", SEND)
def test_a_link_with_a_language_goes_before_the_browser(client: FlaskClient, locale: str) -> None:
    code = link(questionnaire=published(**in_three_languages()), locale=locale).code
    db.session.commit()
    page = client.get(f"/s/{code}", headers={"Accept-Language": "fr"}).text
    assert language_of(page) == locale
    assert SEND[locale] in page
    assert SAID[locale] in page


def test_a_link_without_a_language_follows_the_browser(client: FlaskClient) -> None:
    code = link(questionnaire=published(**in_three_languages())).code
    db.session.commit()
    assert SAID["zh_Hant"] in client.get(f"/s/{code}", headers={"Accept-Language": "zh-HK"}).text


def test_a_language_asked_for_goes_before_all_and_stays(client: FlaskClient) -> None:
    wanted = client.get("/login?lang=zh-TW", headers={"Accept-Language": "zh-CN"}).text
    after = client.get("/login", headers={"Accept-Language": "zh-CN"}).text
    assert SIGN_IN["zh_Hant"] in wanted
    assert SIGN_IN["zh_Hant"] in after


def test_an_unknown_language_that_is_asked_for_changes_nothing(client: FlaskClient) -> None:
    page = client.get("/login?lang=xx", headers={"Accept-Language": "zh-TW"}).text
    assert language_of(page) == "zh_Hant"


def test_an_error_is_told_in_the_language_of_the_browser(client: FlaskClient) -> None:
    answer = client.get("/no-such-page", headers={"Accept-Language": "zh-TW"})
    assert answer.status_code == 404
    assert "找不到這項內容" in answer.text


@pytest.mark.parametrize(
    ("tag", "said"),
    [("zh-TW", "請從提供的選項中選擇。"), ("zh-CN", "请从给出的选项中选择。"), ("en", "Not a valid choice.")],
)
def test_what_wtforms_says_is_in_the_same_language(app: Flask, tag: str, said: str) -> None:
    sent = {"choice": "b", "day": "b", "number": "b"}
    with app.test_request_context("/", method="POST", data=sent, headers={"Accept-Language": tag}):
        form = Asked()
        assert not form.validate()
        assert form.choice.errors == [said]
        own_words = {"Not a valid date value.", "Not a valid integer value."}
        assert (own_words == {*form.day.errors, *form.number.errors}) == (tag == "en")
